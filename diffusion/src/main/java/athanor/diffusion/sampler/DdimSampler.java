package athanor.diffusion.sampler;

import ai.djl.ndarray.NDArray;
import athanor.diffusion.schedule.NoiseLevel;
import athanor.diffusion.schedule.NoiseSchedule;
import athanor.diffusion.schedule.SchedulerConfig;
import athanor.diffusion.schedule.TimestepSpacing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * DDIM without fresh noise (Song et al. 2020, eq. 12 with sigma = 0): the picture and the noise that the network sees are
 * mixed anew with less noise.
 */
final class DdimSampler implements Sampler {

    private final SchedulerConfig config;
    private final NoiseSchedule schedule;

    DdimSampler(SchedulerConfig config) {
        this.config = config;
        this.schedule = NoiseSchedule.of(config);
    }

    @Override
    public SamplingPlan plan(int steps) {
        int trained = schedule.timesteps();
        Timesteps.check(steps, trained);
        double[] timesteps = Timesteps.rounded(
                Timesteps.spaced(config.spacingOr(TimestepSpacing.LEADING), steps, trained, config.stepsOffset()));
        List<SamplingStep> plan = new ArrayList<>();
        for (int i = 0; i < timesteps.length; i++) {
            int timestep = (int) timesteps[i];
            // not the next timestep of the list: the reference steps by the ratio, whatever the spacing
            NoiseLevel to = level(timestep - trained / steps);
            plan.add(new SamplingStep(i, timestep, schedule.level(timestep), to, null));
        }
        return new SamplingPlan(plan, 1);
    }

    private NoiseLevel level(int timestep) {
        if (timestep >= 0) {
            return schedule.level(timestep);
        }
        return config.ddim().endsClean() ? NoiseLevel.CLEAN : schedule.level(0);
    }

    @Override
    public double inputScale(SamplingStep step) {
        return 1;
    }

    /** {@code x' = alpha' x0 + sigma' eps} with {@code eps = (x - alpha x0) / sigma}. */
    @Override
    public NDArray step(SamplingStep step, NDArray x, NDArray x0, NDArray x0Before, Supplier<NDArray> noise) {
        NDArray eps = x.sub(x0.mul(step.from().alpha())).div(step.from().sigma());
        NDArray picture = clipped(x0);
        return picture.mul(step.to().alpha()).add(eps.mul(step.to().sigma()));
    }

    private NDArray clipped(NDArray x0) {
        double range = config.ddim().clipRange();
        return Double.isInfinite(range) ? x0 : x0.clip(-range, range);
    }
}
