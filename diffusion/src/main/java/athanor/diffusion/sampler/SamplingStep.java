package athanor.diffusion.sampler;

import athanor.diffusion.schedule.NoiseLevel;
import org.jspecify.annotations.Nullable;

/**
 * One call of the network and the move that follows it.
 *
 * @param index 0 for the first, noisiest step
 * @param timestep what the network is told, in the training schedule's timesteps
 * @param from the noise level of the latents before the move
 * @param to the noise level after it, with less noise
 * @param before the level of the step before, for a second-order move; null for a first-order one
 */
public record SamplingStep(
        int index,
        double timestep,
        NoiseLevel from,
        NoiseLevel to,
        @Nullable NoiseLevel before) {}
