package athanor.diffusion.sampler;

import ai.djl.ndarray.NDArray;
import athanor.diffusion.schedule.NoiseSchedule;
import athanor.diffusion.schedule.SchedulerConfig;
import java.util.function.Supplier;

/**
 * Euler's method that goes down further than planned and comes up again with fresh noise, as k-diffusion does (Karras et al.'s
 * notation; the amounts are those of ancestral sampling in Song et al. 2020).
 */
final class EulerAncestralSampler implements Sampler {

    private final SchedulerConfig config;
    private final NoiseSchedule schedule;

    EulerAncestralSampler(SchedulerConfig config) {
        this.config = config;
        this.schedule = NoiseSchedule.of(config);
    }

    @Override
    public SamplingPlan plan(int steps) {
        double[] timesteps = EulerPlan.timesteps(config, schedule, steps);
        return EulerPlan.of(config, timesteps, EulerPlan.closed(new SigmaTable(schedule).at(timesteps), 0));
    }

    @Override
    public double inputScale(SamplingStep step) {
        return step.from().alpha();
    }

    /** {@code x' = x + (down - sigma) * (x - x0) / sigma + up * noise} with {@code down^2 + up^2 = sigma'^2}. */
    @Override
    public NDArray step(SamplingStep step, NDArray x, NDArray x0, NDArray x0Before, Supplier<NDArray> noise) {
        double sigma = step.from().ratio();
        double next = step.to().ratio();
        double up = Math.sqrt(next * next * (sigma * sigma - next * next) / (sigma * sigma));
        double down = Math.sqrt(next * next - up * up);
        NDArray slope = x.sub(x0).div(sigma);
        NDArray lower = x.add(slope.mul(down - sigma));
        return up == 0 ? lower : lower.add(noise.get().mul(up));
    }
}
