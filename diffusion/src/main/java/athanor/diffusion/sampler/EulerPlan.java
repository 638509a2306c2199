package athanor.diffusion.sampler;

import athanor.diffusion.schedule.NoiseLevel;
import athanor.diffusion.schedule.NoiseSchedule;
import athanor.diffusion.schedule.SchedulerConfig;
import athanor.diffusion.schedule.TimestepSpacing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What both Euler samplers plan alike. Their latents are not of unit variance: picture plus sigma times noise, and sigma is
 * what the steps count in.
 */
final class EulerPlan {

    private EulerPlan() {}

    static double[] timesteps(SchedulerConfig config, NoiseSchedule schedule, int steps) {
        Timesteps.check(steps, schedule.timesteps());
        double[] timesteps = Timesteps.spaced(
                config.spacingOr(TimestepSpacing.LINSPACE), steps, schedule.timesteps(), config.stepsOffset());
        for (int i = 0; i < timesteps.length; i++) {
            timesteps[i] = (float) timesteps[i];
        }
        return timesteps;
    }

    /** Sigmas as the float32 they are in the reference, with the last one at the end. */
    static double[] closed(double[] sigmas, double last) {
        double[] closed = Arrays.copyOf(sigmas, sigmas.length + 1);
        closed[sigmas.length] = last;
        for (int i = 0; i < closed.length; i++) {
            closed[i] = (float) closed[i];
        }
        return closed;
    }

    static SamplingPlan of(SchedulerConfig config, double[] timesteps, double[] sigmas) {
        List<SamplingStep> steps = new ArrayList<>();
        for (int i = 0; i < timesteps.length; i++) {
            steps.add(new SamplingStep(
                    i, timesteps[i], NoiseLevel.ofRatio(sigmas[i]), NoiseLevel.ofRatio(sigmas[i + 1]), null));
        }
        double largest = Arrays.stream(sigmas).max().orElseThrow();
        // leading spacing starts below the last timestep, where some picture is left in the noise
        boolean noiseOnly = config.spacingOr(TimestepSpacing.LINSPACE) != TimestepSpacing.LEADING;
        return new SamplingPlan(steps, noiseOnly ? largest : Math.sqrt(largest * largest + 1));
    }
}
