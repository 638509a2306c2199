package athanor.diffusion.bench;

import java.nio.file.Path;
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
 * @param steps of one trajectory, or training steps of the growth table
 * @param rank of the LoRA that is trained, on attention and feed-forward
 * @param rounds how often each side is measured, in turns
 * @param threads of this side, and of the reference where it is given the same
 * @param recompute whether training computes the insides of the networks again instead of keeping them
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
        boolean recompute,
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

    static final String USAGE =
            "Bench BASE [--table sampling|training|growth] [--against installed|same] [--width 256] [--height 256]"
                    + " [--batch 1] [--steps 4] [--rank 16] [--rounds 3] [--threads 2]"
                    + " [--recompute false] [--reference 'python bench_reference.py']";

    static BenchOptions parse(String... arguments) {
        if (arguments.length % 2 != 1) {
            throw new IllegalArgumentException(USAGE);
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
                false,
                Optional.empty());
        for (int i = 1; i < arguments.length; i += 2) {
            options = options.with(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private BenchOptions with(String name, String value) {
        if (!USAGE.contains("[" + name + " ")) {
            throw new IllegalArgumentException("%s is no option; %s".formatted(name, USAGE));
        }
        return new BenchOptions(
                base,
                name.equals("--table") ? choice(Table.class, name, value) : table,
                name.equals("--against") ? choice(Against.class, name, value) : against,
                name.equals("--width") ? Integer.parseInt(value) : width,
                name.equals("--height") ? Integer.parseInt(value) : height,
                name.equals("--batch") ? Integer.parseInt(value) : batch,
                name.equals("--steps") ? Integer.parseInt(value) : steps,
                name.equals("--rank") ? Integer.parseInt(value) : rank,
                name.equals("--rounds") ? Integer.parseInt(value) : rounds,
                name.equals("--threads") ? Integer.parseInt(value) : threads,
                name.equals("--recompute") ? Boolean.parseBoolean(value) : recompute,
                name.equals("--reference") ? Optional.of(List.of(value.split(" "))) : reference);
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String name, String value) {
        try {
            return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("%s %s is not known; %s".formatted(name, value, USAGE), unknown);
        }
    }

    boolean trains() {
        return table != Table.SAMPLING;
    }
}
