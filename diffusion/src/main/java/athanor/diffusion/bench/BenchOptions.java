package athanor.diffusion.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to measure.
 *
 * @param base a diffusers folder or a checkpoint; the reference reads folders only
 * @param width pixels
 * @param batch pictures sampled at once, and instance pictures of a training step (as many class pictures come on top)
 * @param steps of one trajectory
 * @param rank of the LoRA that is trained, on attention and feed-forward
 * @param rounds how often each side is measured, in turns; the table shows medians
 * @param threads of both sides
 * @param training whether to measure training instead of sampling
 * @param recompute whether training computes the insides of the networks again instead of keeping them
 * @param reference command that starts {@code bench_reference.py}, empty to run alone
 */
record BenchOptions(
        Path base,
        int width,
        int height,
        int batch,
        int steps,
        int rank,
        int rounds,
        int threads,
        boolean training,
        boolean recompute,
        Optional<List<String>> reference) {

    static final String USAGE =
            "Bench BASE [--width 256] [--height 256] [--batch 1] [--steps 4] [--rank 16] [--rounds 3] [--threads 2]"
                    + " [--training false] [--recompute false] [--reference 'python bench_reference.py']";

    static BenchOptions parse(String... arguments) {
        if (arguments.length % 2 != 1) {
            throw new IllegalArgumentException(USAGE);
        }
        BenchOptions options =
                new BenchOptions(Path.of(arguments[0]), 256, 256, 1, 4, 16, 3, 2, false, false, Optional.empty());
        for (int i = 1; i < arguments.length; i += 2) {
            options = options.with(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private BenchOptions with(String name, String value) {
        return new BenchOptions(
                base,
                name.equals("--width") ? Integer.parseInt(value) : width,
                name.equals("--height") ? Integer.parseInt(value) : height,
                name.equals("--batch") ? Integer.parseInt(value) : batch,
                name.equals("--steps") ? Integer.parseInt(value) : steps,
                name.equals("--rank") ? Integer.parseInt(value) : rank,
                name.equals("--rounds") ? Integer.parseInt(value) : rounds,
                name.equals("--threads") ? Integer.parseInt(value) : threads,
                name.equals("--training") ? Boolean.parseBoolean(value) : training,
                name.equals("--recompute") ? Boolean.parseBoolean(value) : recompute,
                name.equals("--reference") ? Optional.of(List.of(value.split(" "))) : reference);
    }
}
