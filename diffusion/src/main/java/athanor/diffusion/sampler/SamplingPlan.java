package athanor.diffusion.sampler;

import java.util.ArrayList;
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

    /**
     * Its last part, for latents that are a picture already (SDEdit, Meng et al. 2022): noise is laid on them up to the level where
     * that part begins.
     *
     * @param strength share of the steps that are taken, 0 to 1; one at least
     */
    public SamplingPlan lastPart(double strength) {
        int taken = Math.max(1, Math.min(steps.size(), (int) (steps.size() * strength)));
        List<SamplingStep> part = new ArrayList<>();
        for (SamplingStep step : steps.subList(steps.size() - taken, steps.size())) {
            part.add(new SamplingStep(
                    part.size(), step.timestep(), step.from(), step.to(), part.isEmpty() ? null : step.before()));
        }
        return new SamplingPlan(part, initialNoiseScale);
    }
}
