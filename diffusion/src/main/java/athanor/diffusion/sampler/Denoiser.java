package athanor.diffusion.sampler;

import ai.djl.ndarray.NDArray;

/** The prompted network, as a sampler sees it. */
@FunctionalInterface
public interface Denoiser {

    /**
     * One call of the network, guidance included.
     *
     * @param input latents of unit variance, (B, C, h, w); the result belongs to the same manager
     * @param timestep where in the training schedule the noise level lies; some samplers visit fractions
     * @return what the network predicts (noise, velocity or picture), (B, C, h, w)
     */
    NDArray predict(NDArray input, double timestep);
}
