package athanor.diffusion.sampler;

import ai.djl.ndarray.NDArray;
import java.util.function.Supplier;

/** A way to undo noise: it plans the noise levels and moves from one to the next. It remembers nothing. */
public interface Sampler {

    /**
     * The noise levels to visit.
     *
     * @param steps calls of the network, at least 1
     */
    SamplingPlan plan(int steps);

    /** What the latents are multiplied with so that the network sees unit variance. */
    double inputScale(SamplingStep step);

    /**
     * One move.
     *
     * @param step between which noise levels
     * @param x latents at level {@code step.from()}, (B, C, h, w)
     * @param x0 the clean latents that the network sees in them, same shape
     * @param x0Before what it saw one step earlier; read only where {@code step.before()} is there
     * @param noise fresh unit noise of the same shape, for samplers that add some
     * @return latents at level {@code step.to()}, same shape
     */
    NDArray step(SamplingStep step, NDArray x, NDArray x0, NDArray x0Before, Supplier<NDArray> noise);
}
