package athanor.tools.bench;

import athanor.diffusion.runtime.ComputeOptions;
import java.nio.file.Path;
import java.util.List;
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

    boolean onCard() {
        return compute.device().isGpu();
    }

    boolean trains() {
        return table != Table.SAMPLING;
    }
}
