package athanor.diffusion.bench;

import ai.djl.Device;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.runtime.Card;
import athanor.diffusion.runtime.ComputeOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What to measure.
 *
 * @param base a diffusers folder or a checkpoint; the reference reads folders only
 * @param table which table to print
 * @param against how the reference is started
 * @param width pixels
 * @param batch pictures sampled at once, and instance pictures of a training step (as many class pictures come on top)
 * @param steps of one trajectory and batches decoded after it, training steps in a row of one round, or those of the growth
 *     table
 * @param rank of the LoRA that is trained, on attention and feed-forward
 * @param rounds how often each side is measured, in turns
 * @param threads of this side, and of the reference where it is given the same
 * @param compute on what, in which number format, and whether training computes the insides of the networks again
 * @param reference command that starts {@code bench_reference.py}, empty to run alone
 */
record BenchOptions(
        Path base,
        Table table,
        Against against,
        int width,
        int height,
        int batch,
        int steps,
        int rank,
        int rounds,
        int threads,
        ComputeOptions compute,
        Optional<List<String>> reference) {

    /** One table a run, so that peak memory is that of one job. */
    enum Table {
        /** Steps of a guided trajectory, decoding. */
        SAMPLING,
        /** DreamBooth steps. */
        TRAINING,
        /** Resident memory while training goes on. */
        GROWTH
    }

    /** What the reference is given of what the launcher has chosen for this side. */
    enum Against {
        /** Nothing: its own number of threads, the C library's allocator and OpenMP's waiting as they come. */
        INSTALLED,
        /** The same number of threads and the same environment. */
        SAME
    }

    static final String USAGE = """
            usage: athanor bench BASE [--table sampling|training|growth] [--against installed|same] \\
                                 [--width 256] [--height 256] [--batch 1] [--steps 4] [--rank 16] [--rounds 3] \\
                                 [--threads N] [--device cpu|cuda] [--dtype float32|bfloat16|float16] \\
                                 [--recompute false] [--reference 'python bench_reference.py']

            Prints a table of speed and memory of a base, a diffusers folder or a .safetensors checkpoint. With
            --reference "python diffusion/src/test/python/bench_reference.py" diffusers and peft run in turns with it.
            """;

    static BenchOptions parse(String... arguments) {
        if (arguments.length == 0 || arguments[0].startsWith("-")) {
            throw new IllegalArgumentException("the base is missing; try --help");
        }
        if (arguments.length % 2 != 1) {
            throw new IllegalArgumentException(
                    "%s wants a value; try --help".formatted(arguments[arguments.length - 1]));
        }
        if (!Files.exists(Path.of(arguments[0]))) {
            throw new IllegalArgumentException(
                    "there is no base at %s; name a diffusers folder or a .safetensors checkpoint"
                            .formatted(arguments[0]));
        }
        int cores = Runtime.getRuntime().availableProcessors();
        BenchOptions options = new BenchOptions(
                Path.of(arguments[0]),
                Table.SAMPLING,
                Against.INSTALLED,
                256,
                256,
                1,
                4,
                16,
                3,
                cores,
                ComputeOptions.CPU,
                Optional.empty());
        for (int i = 1; i < arguments.length; i += 2) {
            options = options.with(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private BenchOptions with(String name, String value) {
        if (!USAGE.contains("[" + name + " ")) {
            throw new IllegalArgumentException("%s is no option; try --help".formatted(name));
        }
        return new BenchOptions(
                base,
                name.equals("--table") ? choice(Table.class, name, value) : table,
                name.equals("--against") ? choice(Against.class, name, value) : against,
                name.equals("--width") ? number(name, value) : width,
                name.equals("--height") ? number(name, value) : height,
                name.equals("--batch") ? number(name, value) : batch,
                name.equals("--steps") ? number(name, value) : steps,
                name.equals("--rank") ? number(name, value) : rank,
                name.equals("--rounds") ? number(name, value) : rounds,
                name.equals("--threads") ? number(name, value) : threads,
                compute(name, value),
                name.equals("--reference") ? Optional.of(List.of(value.split(" "))) : reference);
    }

    private ComputeOptions compute(String name, String value) {
        return switch (name) {
            case "--device" -> compute.on(choice(Where.class, name, value).device());
            case "--dtype" -> compute.in(choice(ComputeType.class, name, value));
            case "--recompute" -> compute.withRecompute(Boolean.parseBoolean(value));
            default -> compute;
        };
    }

    private enum Where {
        CPU,
        CUDA;

        Device device() {
            return this == CPU
                    ? Device.cpu()
                    : Card.first()
                            .orElseThrow(
                                    () -> new IllegalArgumentException(
                                            "--device is cuda, but libtorch finds no CUDA card here; ./athanor doctor says what it needs"))
                            .device();
        }
    }

    private static int number(String name, String value) {
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // Answered below, as a number that makes no sense is.
        }
        throw new IllegalArgumentException("%s is '%s', wanted a whole number from 1 on".formatted(name, value));
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String name, String value) {
        try {
            return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "%s is '%s', wanted one of %s"
                            .formatted(
                                    name,
                                    value,
                                    Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT)),
                    unknown);
        }
    }

    boolean onCard() {
        return compute.device().isGpu();
    }

    boolean trains() {
        return table != Table.SAMPLING;
    }
}
