package athanor.stack.command;

import athanor.contracts.rest.RunErasure;
import athanor.stack.client.RunsClient;
import athanor.stack.infra.StackProblem;
import athanor.stack.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "rm",
        description =
                "Erases runs: pictures, checkpoints, samples, the LoRA and every note of them in the store. The logs of this"
                        + " machine keep their lines until they are rotated. There is no way back.",
        mixinStandardHelpOptions = true)
final class RemoveCommand implements Callable<Integer> {

    private static final long BETWEEN_LOOKS_MILLIS = 500;

    private final Terminal terminal;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    @Parameters(paramLabel = "ID", arity = "1..*", description = "The runs; ./athanor runs lists them.")
    private List<String> runIds = new ArrayList<>();

    RemoveCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        RunsClient runs = new RunsClient(options.stack().ingest());
        List<RunErasure> erased = new ArrayList<>();
        for (String runId : runIds) {
            RunErasure erasure = runs.erase(runId);
            while (!erasure.done()) {
                terminal.status(
                        runId,
                        "  erasing %s; of a run that was alive, what is still being written is looked for for half a minute"
                                .formatted(runId));
                pause();
                erasure = runs.erase(runId);
            }
            terminal.line("run %s is erased".formatted(runId));
            erased.add(erasure);
        }
        if (json.wanted()) {
            terminal.answer(erased);
        }
        return 0;
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackProblem("interrupted; the stack goes on erasing", e);
        }
    }
}
