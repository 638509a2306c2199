package athanor.diffusion.sampler;

import ai.djl.ndarray.NDArray;
import athanor.diffusion.schedule.NoiseSchedule;
import athanor.diffusion.schedule.PredictionType;
import athanor.diffusion.schedule.SchedulerConfig;
import java.util.function.Supplier;

/** Euler's method along the probability-flow ODE (Karras et al. 2022, algorithm 2 without churn and correction). */
final class EulerSampler implements Sampler {

    private final SchedulerConfig config;
    private final NoiseSchedule schedule;

    EulerSampler(SchedulerConfig config) {
        this.config = config;
        this.schedule = NoiseSchedule.of(config);
    }

    @Override
    public SamplingPlan plan(int steps) {
        SigmaTable table = new SigmaTable(schedule);
        SchedulerConfig.Sigmas layout = config.sigmas();
        double[] timesteps = EulerPlan.timesteps(config, schedule, steps);
        double[] sigmas = layout.logLinear() ? table.logLinear(steps + 1) : table.at(timesteps);
        if (layout.karras()) {
            sigmas = SigmaTable.karras(
                    layout.largest().orElse(sigmas[0]), layout.smallest().orElse(sigmas[sigmas.length - 1]), steps);
            timesteps = table.timesteps(sigmas);
        }
        double[] closed = EulerPlan.closed(sigmas, layout.endsAtZero() ? 0 : table.smallest());
        if (layout.continuousTime() && config.predictionType() == PredictionType.V_PREDICTION) {
            for (int i = 0; i < timesteps.length; i++) {
                timesteps[i] = 0.25 * Math.log(closed[i]);
            }
        }
        return EulerPlan.of(config, timesteps, closed);
    }

    @Override
    public double inputScale(SamplingStep step) {
        return step.from().alpha();
    }

    /** {@code x' = x + (sigma' - sigma) * (x - x0) / sigma}. */
    @Override
    public NDArray step(SamplingStep step, NDArray x, NDArray x0, NDArray x0Before, Supplier<NDArray> noise) {
        double sigma = step.from().ratio();
        NDArray slope = x.sub(x0).div(sigma);
        return x.add(slope.mul(step.to().ratio() - sigma));
    }
}
