package athanor.diffusion.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.GoldenJson;
import athanor.diffusion.schedule.SchedulerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Whole trajectories against diffusers 0.39.0 (made by {@code src/test/python/golden_samplers.py}), with a formula in the place of
 * the network.
 */
@SuppressWarnings("unchecked")
class SamplersEqualTheReferenceTest {

    private static final Shape SHAPE = new Shape(1, 2, 2, 2);

    /** Both sides run in float32; this is rounding, 30 times below what is asked for. */
    private static final double BOUND = 3e-6;

    /** Without any picture in it the first latent has a sigma of 4096, and float32 loses digits in the first difference. */
    private static final double BOUND_WITH_ZERO_SNR = 1e-4;

    private static final Denoiser NETWORK =
            (x, timestep) -> x.mul(0.3).add(0.1 * timestep / 1000).tanh();

    private static final Map<String, Object> GOLDEN = GoldenJson.read("samplers.json");

    @TestFactory
    Stream<DynamicTest> trajectoriesAreThoseOfDiffusers() {
        return cases("trajectories").map(golden -> DynamicTest.dynamicTest(title(golden), () -> follow(golden)));
    }

    @TestFactory
    Stream<DynamicTest> timestepsAreThoseOfDiffusers() {
        return cases("timesteps")
                .map(golden -> DynamicTest.dynamicTest(
                        title(golden),
                        () -> assertThat(timesteps(golden))
                                .containsExactly(floats(golden, "timesteps"), within(1e-4f))));
    }

    @TestFactory
    Stream<DynamicTest> refinementsOfPicturesAreThoseOfDiffusers() {
        return cases("refinements").map(golden -> DynamicTest.dynamicTest(title(golden), () -> refine(golden)));
    }

    private static void refine(Map<String, Object> golden) {
        SchedulerConfig config = config(golden);
        double strength = ((Number) golden.get("strength")).doubleValue();
        Sampler sampler = sampler(golden, config);
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDArray picture = manager.create(floats(golden, "picture"), SHAPE);
            NDArray noise = manager.create(floats(golden, "noise"), SHAPE);
            float[] stepNoise = floats(golden, "step_noise");
            NDArray last = new Sampling(sampler, config.predictionType())
                    .refine(
                            picture,
                            noise,
                            steps(golden),
                            strength,
                            NETWORK,
                            i -> slice(manager, stepNoise, i),
                            (done, total) -> {});

            assertThat(distance(last.toFloatArray(), floats(golden, "latent")))
                    .as("relative L2")
                    .isLessThan(BOUND);
            assertThat(manager.getManagedArrays()).containsExactlyInAnyOrder(picture, noise, last);
        }
        assertThat(floats(sampler.plan(steps(golden)).lastPart(strength).steps().stream()
                        .map(step -> (Number) step.timestep())
                        .toList()))
                .containsExactly(floats(golden, "timesteps"), within(1e-4f));
    }

    private static void follow(Map<String, Object> golden) {
        SchedulerConfig config = config(golden);
        Sampling sampling = new Sampling(sampler(golden, config), config.predictionType());
        List<float[]> latents = new ArrayList<>();
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDArray noise = manager.create(floats(golden, "noise"), SHAPE);
            float[] stepNoise = floats(golden, "step_noise");
            Sampler watched = new Watched(sampling.sampler(), latents);
            NDArray last = new Sampling(watched, sampling.predictionType())
                    .run(noise, steps(golden), NETWORK, i -> slice(manager, stepNoise, i), (done, total) -> {});

            assertThat(last.toFloatArray()).containsExactly(latents.get(latents.size() - 1));
            assertThat(manager.getManagedArrays()).containsExactlyInAnyOrder(noise, last);
        }
        assertThat(timesteps(golden)).containsExactly(floats(golden, "timesteps"), within(1e-4f));
        List<Number> kept = (List<Number>) golden.get("kept");
        List<List<Number>> expected = (List<List<Number>>) golden.get("latents");
        for (int i = 0; i < kept.size(); i++) {
            assertThat(distance(latents.get(kept.get(i).intValue()), floats(expected.get(i))))
                    .as("relative L2 after step %s", kept.get(i))
                    .isLessThan(config.betas().zeroTerminalSnr() ? BOUND_WITH_ZERO_SNR : BOUND);
        }
    }

    private static Stream<Map<String, Object>> cases(String kind) {
        return ((List<Map<String, Object>>) GOLDEN.get(kind)).stream();
    }

    private static String title(Map<String, Object> golden) {
        return "%s, %s, %d steps".formatted(golden.get("config"), golden.get("sampler"), steps(golden));
    }

    private static int steps(Map<String, Object> golden) {
        return ((Number) golden.get("steps")).intValue();
    }

    private static SchedulerConfig config(Map<String, Object> golden) {
        Map<String, Map<String, Object>> schedules = (Map<String, Map<String, Object>>) GOLDEN.get("schedules");
        return SchedulerConfig.from(
                (Map<String, Object>) schedules.get(golden.get("config")).get("config"));
    }

    private static Sampler sampler(Map<String, Object> golden, SchedulerConfig config) {
        return SamplerName.named((String) golden.get("sampler")).of(config);
    }

    private static float[] timesteps(Map<String, Object> golden) {
        return floats(sampler(golden, config(golden)).plan(steps(golden)).steps().stream()
                .map(step -> (Number) step.timestep())
                .toList());
    }

    private static NDArray slice(NDManager manager, float[] values, int index) {
        float[] part = new float[(int) SHAPE.size()];
        System.arraycopy(values, index * part.length, part, 0, part.length);
        return manager.create(part, SHAPE);
    }

    private static float[] floats(Map<String, Object> golden, String key) {
        return floats((List<Number>) golden.get(key));
    }

    private static float[] floats(List<Number> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        return floats;
    }

    private static double distance(float[] actual, float[] expected) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(actual[i] - expected[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / norm);
    }

    /** Keeps a copy of the latents after every step. */
    private record Watched(Sampler sampler, List<float[]> latents) implements Sampler {

        @Override
        public SamplingPlan plan(int steps) {
            return sampler.plan(steps);
        }

        @Override
        public double inputScale(SamplingStep step) {
            return sampler.inputScale(step);
        }

        @Override
        public NDArray step(SamplingStep step, NDArray x, NDArray x0, NDArray x0Before, Supplier<NDArray> noise) {
            NDArray next = sampler.step(step, x, x0, x0Before, noise);
            latents.add(next.toFloatArray());
            return next;
        }
    }
}
