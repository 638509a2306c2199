package athanor.stack.command;

import athanor.stack.infra.StackProblem;
import athanor.stack.measure.MeasureUploads;
import athanor.stack.terminal.Terminal;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "bench-uploads",
        description =
                "Uploads photographs of 24 megapixels to the running stack and prints pictures a second, computing"
                        + " time and memory, service and decoders. The run is erased at the end.",
        mixinStandardHelpOptions = true)
final class BenchUploadsCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Option(
            names = "--pictures",
            paramLabel = "N",
            defaultValue = "60",
            description = "How many, at most what a run takes (default: ${DEFAULT-VALUE}).")
    private int pictures;

    @Option(
            names = "--at-once",
            paramLabel = "N",
            defaultValue = "4",
            description = "Uploads that are under way together (default: ${DEFAULT-VALUE}).")
    private int atOnce;

    BenchUploadsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (pictures < 1 || atOnce < 1) {
            throw new StackProblem("--pictures is %d and --at-once %d; wanted 1 at least".formatted(pictures, atOnce));
        }
        new MeasureUploads(options.stack().ingest(), launcher(), terminal::line).of(pictures, atOnce);
        return 0;
    }

    private ProcessHandle launcher() {
        try {
            return options.data()
                    .holder()
                    .orElseThrow(() -> new StackProblem("no stack runs on %s; start one with ./athanor up --only ingest"
                            .formatted(options.data().path())));
        } catch (IOException e) {
            throw new StackProblem(
                    "%s cannot be read: %s".formatted(options.data().path(), e.getMessage()), e);
        }
    }
}
