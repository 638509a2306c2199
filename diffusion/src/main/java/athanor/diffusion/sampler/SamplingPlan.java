package athanor.diffusion.sampler;

import java.util.List;

/**
 * The steps of one trajectory.
 *
 * @param steps from the noisiest to the cleanest
 * @param initialNoiseScale what unit noise is multiplied with to make the first latents
 */
public record SamplingPlan(List<SamplingStep> steps, double initialNoiseScale) {

    public SamplingPlan {
        steps = List.copyOf(steps);
    }
}
