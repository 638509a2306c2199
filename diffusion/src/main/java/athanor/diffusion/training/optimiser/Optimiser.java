package athanor.diffusion.training.optimiser;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/** Moves a flat vector down its gradient. Keeps all of its state in vectors of the same length and in numbers. */
public interface Optimiser {

    /**
     * @param gradient where the vector is now
     * @param rate what the schedule makes of the optimiser's own rate, 0 to 1
     */
    void step(NDArray gradient, double rate);

    /**
     * What is saved and drawn with: an average of where the vector was, where the optimiser makes one. An array of its own, to be
     * closed by whoever asks.
     */
    NDArray learnt();

    /** The rate that it came to. */
    double foundRate();

    Map<String, NDArray> vectors();

    Map<String, Double> numbers();
}
