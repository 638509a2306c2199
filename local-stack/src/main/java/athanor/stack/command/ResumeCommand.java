package athanor.stack.command;

import athanor.contracts.rest.RunView;
import athanor.stack.client.RunsClient;
import athanor.stack.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "resume",
        aliases = "retry",
        description = "Takes up a paused or failed run again, from its last checkpoint.",
        mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    @Parameters(paramLabel = "ID", description = "The run; ./athanor runs lists them.")
    private String runId = "";

    ResumeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        RunView run = new RunsClient(options.stack().ingest()).resume(runId);
        json.answer(terminal, run, "run %s goes on; ./athanor run %s follows it".formatted(runId, runId));
        return 0;
    }
}
