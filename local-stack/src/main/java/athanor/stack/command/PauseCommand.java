package athanor.stack.command;

import athanor.contracts.rest.RunView;
import athanor.stack.client.RunsClient;
import athanor.stack.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "pause",
        description = "Lets the training of a run rest after its next step; resume goes on from there.",
        mixinStandardHelpOptions = true)
final class PauseCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    @Parameters(paramLabel = "ID", description = "The run; ./athanor runs lists them.")
    private String runId = "";

    PauseCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        RunView run = new RunsClient(options.stack().ingest()).pause(runId);
        json.answer(
                terminal, run, "asked run %s to rest; ./athanor resume %s takes it up again".formatted(runId, runId));
        return 0;
    }
}
