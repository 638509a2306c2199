package athanor.stack.command;

import athanor.contracts.rest.RunView;
import athanor.stack.client.RunsClient;
import athanor.stack.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "stop",
        description = "Ends the training of a run after its next step and keeps the LoRA that it has come to.",
        mixinStandardHelpOptions = true)
final class StopCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    @Parameters(paramLabel = "ID", description = "The run; ./athanor runs lists them.")
    private String runId = "";

    StopCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        RunView run = new RunsClient(options.stack().ingest()).stopAndKeep(runId);
        json.answer(
                terminal,
                run,
                "asked run %s to stop and keep its LoRA; ./athanor run %s --out DIR fetches it"
                        .formatted(runId, runId));
        return 0;
    }
}
