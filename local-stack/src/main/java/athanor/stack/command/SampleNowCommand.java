package athanor.stack.command;

import athanor.contracts.rest.RunView;
import athanor.stack.client.RunsClient;
import athanor.stack.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "sample-now",
        description = "Saves a checkpoint of a run that trains and draws its test pictures.",
        mixinStandardHelpOptions = true)
final class SampleNowCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    @Parameters(paramLabel = "ID", description = "The run; ./athanor runs lists them.")
    private String runId = "";

    SampleNowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        RunView run = new RunsClient(options.stack().ingest()).sampleNow(runId);
        json.answer(
                terminal,
                run,
                "asked run %s for test pictures; ./athanor checkpoints %s shows when they are drawn"
                        .formatted(runId, runId));
        return 0;
    }
}
