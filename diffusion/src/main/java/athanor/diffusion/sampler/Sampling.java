package athanor.diffusion.sampler;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import athanor.diffusion.schedule.Mix;
import athanor.diffusion.schedule.PredictionType;
import java.util.function.IntFunction;

/**
 * The loop from noise to picture.
 *
 * @param sampler how one noise level leads to the next
 * @param predictionType what the network says about a noisy latent
 */
public record Sampling(Sampler sampler, PredictionType predictionType) {

    /** Told after every step, on the sampling thread. It stops the run by throwing. */
    @FunctionalInterface
    public interface Progress {
        void stepped(int done, int total);
    }

    /**
     * A whole trajectory. Memory: two latents live from step to step; all else of a step is freed with it.
     *
     * @param noise unit noise, (B, C, h, w); left as it is
     * @param steps calls of the network
     * @param stepNoise unit noise of the same shape for the i-th step, asked only by samplers that add some; closed here
     * @return the latents after the last step, owned by the noise's manager
     */
    public NDArray run(NDArray noise, int steps, Denoiser denoiser, IntFunction<NDArray> stepNoise, Progress progress) {
        SamplingPlan plan = sampler.plan(steps);
        return walk(noise.mul(plan.initialNoiseScale()), plan, denoiser, stepNoise, progress);
    }

    /**
     * The last part of a trajectory, begun at a picture under some noise; as diffusers' image-to-image pipelines do.
     *
     * @param picture clean latents, (B, C, h, w); left as they are
     * @param noise unit noise, same shape; left as it is
     * @param steps calls of the network that a whole trajectory would take
     * @param strength share of them that is taken, 0 to 1: with little the picture stays what it is
     * @return the latents after the last step, owned by the picture's manager
     */
    public NDArray refine(
            NDArray picture,
            NDArray noise,
            int steps,
            double strength,
            Denoiser denoiser,
            IntFunction<NDArray> stepNoise,
            Progress progress) {
        SamplingPlan plan = sampler.plan(steps).lastPart(strength);
        SamplingStep first = plan.steps().get(0);
        NDManager owner = picture.getManager();
        try (NDManager scope = owner.newSubManager()) {
            NDArray kept = picture.mul(first.from().alpha());
            kept.attach(scope);
            NDArray added = noise.mul(first.from().sigma());
            added.attach(scope);
            // What each sampler calls its latents is what it scales from.
            NDArray noised = kept.add(added).div(sampler.inputScale(first));
            noised.attach(owner);
            return walk(noised, plan, denoiser, stepNoise, progress);
        }
    }

    private NDArray walk(
            NDArray start, SamplingPlan plan, Denoiser denoiser, IntFunction<NDArray> stepNoise, Progress progress) {
        NDManager owner = start.getManager();
        try (NDManager trajectory = owner.newSubManager()) {
            NDArray x = start;
            x.attach(trajectory);
            NDArray x0Before = x; // not read before there was a step
            for (SamplingStep step : plan.steps()) {
                try (NDManager scope = trajectory.newSubManager()) {
                    x.attach(scope);
                    NDArray x0 = clean(step, x, denoiser);
                    NDArray next = sampler.step(step, x, x0, x0Before, () -> attached(stepNoise, step, scope));
                    next.attach(trajectory);
                    if (x0Before != x) {
                        x0Before.close();
                    }
                    x0.attach(trajectory);
                    x = next;
                    x0Before = x0;
                }
                progress.stepped(step.index() + 1, plan.steps().size());
            }
            x.attach(owner);
            return x;
        }
    }

    private NDArray clean(SamplingStep step, NDArray x, Denoiser denoiser) {
        double scale = sampler.inputScale(step);
        NDArray input = scale == 1 ? x : x.mul(scale);
        NDArray output = denoiser.predict(input, step.timestep());
        Mix mix = predictionType.clean(step.from());
        return input.mul(mix.first()).add(output.mul(mix.second()));
    }

    private static NDArray attached(IntFunction<NDArray> stepNoise, SamplingStep step, NDManager scope) {
        NDArray noise = stepNoise.apply(step.index());
        noise.attach(scope);
        return noise;
    }
}
