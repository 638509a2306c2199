package athanor.stack.command;

import athanor.contracts.rest.RunView;
import athanor.stack.client.RunsClient;
import athanor.stack.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "cancel", description = "Cancels a run; its checkpoints stay.", mixinStandardHelpOptions = true)
final class CancelCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    @Parameters(paramLabel = "ID", description = "The run; ./athanor runs lists them.")
    private String runId = "";

    CancelCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        RunView run = new RunsClient(options.stack().ingest()).cancel(runId);
        json.answer(terminal, run, "asked run %s to stop".formatted(runId));
        return 0;
    }
}
