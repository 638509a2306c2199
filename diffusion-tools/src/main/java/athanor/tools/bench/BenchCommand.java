package athanor.tools.bench;

import athanor.tools.commandline.ComputeArguments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code athanor bench}: prints a table of speed and memory of a base.
 *
 * <pre>
 *   ./athanor bench BASE --table training --width 64 --height 64 --batch 4 --against installed \
 *       --reference "python diffusion/src/test/python/bench_reference.py"
 * </pre>
 */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a table of speed and memory of a base. With",
            "--reference \"python diffusion/src/test/python/bench_reference.py\" diffusers and peft run in turns with it."
        })
public final class BenchCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Parameters(paramLabel = "BASE", description = "a diffusers folder or a .safetensors checkpoint")
    private Path base = Path.of("");

    @Option(
            names = "--table",
            paramLabel = "sampling|training|growth",
            defaultValue = "sampling",
            description =
                    "steps of a guided trajectory and decoding; DreamBooth steps; memory over many of them (${DEFAULT-VALUE})")
    private BenchOptions.Table table = BenchOptions.Table.SAMPLING;

    @Option(
            names = "--against",
            paramLabel = "installed|same",
            defaultValue = "installed",
            description =
                    "the reference as a user would start it, or with this side's threads and allocator (${DEFAULT-VALUE})")
    private BenchOptions.Against against = BenchOptions.Against.INSTALLED;

    @Option(names = "--width", defaultValue = "256", description = "pixels (${DEFAULT-VALUE})")
    private int width;

    @Option(names = "--height", defaultValue = "256", description = "pixels (${DEFAULT-VALUE})")
    private int height;

    @Option(
            names = "--batch",
            defaultValue = "1",
            description = "pictures at once, with as many class pictures in training (${DEFAULT-VALUE})")
    private int batch;

    @Option(names = "--steps", defaultValue = "4", description = "of one round, or of the growth (${DEFAULT-VALUE})")
    private int steps;

    @Option(names = "--rank", defaultValue = "16", description = "of the LoRA that is trained (${DEFAULT-VALUE})")
    private int rank;

    @Option(names = "--rounds", defaultValue = "3", description = "how often each side is measured (${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--threads", description = "all cores where nothing is said")
    private @Nullable Integer threads;

    @Mixin
    private ComputeArguments compute = new ComputeArguments();

    @Option(
            names = "--recompute",
            arity = "1",
            paramLabel = "true|false",
            defaultValue = "false",
            description =
                    "training computes the insides of the networks twice instead of keeping them (${DEFAULT-VALUE})")
    private boolean recompute;

    @Option(names = "--reference", paramLabel = "COMMAND", description = "starts the other side, see above")
    private @Nullable String reference;

    @Override
    public Integer call() {
        BenchOptions options = options();
        System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(options.threads()));
        Benchmark.run(options, command.commandLine().getOut());
        return 0;
    }

    private BenchOptions options() {
        if (!Files.exists(base)) {
            throw new IllegalArgumentException(
                    "there is no base at %s; name a diffusers folder or a .safetensors checkpoint".formatted(base));
        }
        return new BenchOptions(
                base,
                table,
                against,
                width,
                height,
                batch,
                steps,
                rank,
                rounds,
                threads == null ? Runtime.getRuntime().availableProcessors() : threads,
                compute.options().withRecompute(recompute),
                Optional.ofNullable(reference).map(line -> List.of(line.split(" "))));
    }
}
