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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rm",
        description =
                "Erases runs: pictures, checkpoints, samples, the LoRA and every note of them in the store. The logs of this"
                        + " machine keep their lines until they are rotated. There is no way back.",
        mixinStandardHelpOptions = true)
final class RemoveCommand implements Callable<Integer> {

    private static final long BETWEEN_LOOKS_MILLIS = 500;
    /** A run that is over is erased by then. */
    private static final int LOOKS = 6;

    private final Terminal terminal;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    @Parameters(paramLabel = "ID", arity = "1..*", description = "The runs; ./athanor runs lists them.")
    private List<String> runIds = new ArrayList<>();

    @Option(names = "--wait", description = "Come back when nothing is left, also of runs that were alive.")
    private boolean wait;

    RemoveCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        RunsClient runs = new RunsClient(options.stack().ingest());
        List<RunErasure> erased = new ArrayList<>();
        for (String runId : runIds) {
            RunErasure erasure = runs.erase(runId);
            for (int look = 0; !erasure.done() && (wait || look < LOOKS); look++) {
                terminal.status(runId, "  erasing %s".formatted(runId));
                pause();
                erasure = runs.erase(runId);
            }
            terminal.line(
                    erasure.done()
                            ? "run %s is erased".formatted(runId)
                            : "run %s is gone; it was alive, so what is still being written of it is erased as it comes, for half a minute (--wait waits until that is over)"
                                    .formatted(runId));
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
