package athanor.diffusion.training;

import static athanor.diffusion.Distance.distance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.program.LoraPlan;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.runtime.TextEmbedding;
import athanor.diffusion.schedule.NoiseSchedule;
import athanor.diffusion.schedule.PredictionType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of a LoRA in float32 while the base computes in half as many bits. */
class HalfPrecisionTest {

    private static final Shape LATENT = new Shape(1, 4, 32, 32);

    /** As if the latent were that of 512 x 512 pixels: each number's share of the loss is below what float16 can hold well. */
    private static final double SHARE = 1.0 / 4;

    @ParameterizedTest
    @CsvSource({"BFLOAT16, 5e-2", "FLOAT16, 5e-3"})
    void gradientsAreThoseOfFloat32(ComputeType type, double bound) {
        float[] exact = gradient(ComputeType.FLOAT32, SHARE);

        assertThat(distance(gradient(type, SHARE), exact)).isLessThan(bound);
    }

    /** With the largest scale this loss overflows float16 on its way back. */
    @Test
    void gradientsThatOverflowAreComputedWithASmallerScale() {
        float[] exact = gradient(ComputeType.FLOAT32, 1e5);

        assertThat(distance(gradient(ComputeType.FLOAT16, 1e5), exact)).isLessThan(5e-3);
    }

    @Test
    void aScaleThatHeldForLongGrowsAgain() {
        LossScale scale = new LossScale(ComputeType.FLOAT16);
        scale.lower();
        float lowered = scale.value();

        for (int i = 0; i < 500; i++) {
            assertThat(scale.value()).isEqualTo(lowered);
            scale.held();
        }

        assertThat(scale.value()).isEqualTo(2 * lowered);
    }

    static Stream<Arguments> waysToTrain() {
        return Stream.of(ComputeType.BFLOAT16, ComputeType.FLOAT16)
                .flatMap(type -> Stream.of("sd1", "sdxl")
                        .flatMap(base -> Stream.of(
                                Arguments.of(type, base, false, PriorMode.CLASS_PICTURES, false),
                                Arguments.of(type, base, false, PriorMode.BASE_PREDICTION, true),
                                Arguments.of(type, base, true, PriorMode.CLASS_PICTURES, true),
                                Arguments.of(type, base, true, PriorMode.BASE_PREDICTION, false))));
    }

    /** Same noise, same timesteps: what the base answers is nearly the same, and so is what is learnt from it. */
    @ParameterizedTest(name = "{0}, {1}, text encoders trained {2}, prior {3}, recomputation {4}")
    @MethodSource("waysToTrain")
    void trainingsGoAsInFloat32(
            ComputeType type, String base, boolean textEncoders, PriorMode prior, boolean recompute) {
        List<StepReport> exact = steps(base, ComputeType.FLOAT32, textEncoders, prior, recompute);
        List<StepReport> half = steps(base, type, textEncoders, prior, recompute);

        for (int i = 0; i < exact.size(); i++) {
            assertThat(half.get(i).instanceLoss()).isCloseTo(exact.get(i).instanceLoss(), withinPercentage(2));
            assertThat(half.get(i).gradNorm()).isCloseTo(exact.get(i).gradNorm(), withinPercentage(10));
        }
    }

    private static List<StepReport> steps(
            String name, ComputeType type, boolean textEncoders, PriorMode prior, boolean recompute) {
        TrainingSettings settings = new TrainingSettings(
                new TrainingSettings.Adapter(4, 4, Targets.ATTENTION_AND_FEED_FORWARD, textEncoders),
                new TrainingSettings.Rate(1e-3, 1e-3, 3, 0, LearningRateSchedule.CONSTANT),
                TrainingSettings.Objective.of(prior),
                AdamW.DEFAULT,
                1,
                1,
                42,
                new ComputeOptions(Device.cpu(), type, recompute));
        List<Example> instances = List.of(picture("a photo of a sks woman"));
        List<Example> classPictures = List.of(picture("a photo of a woman"));
        List<StepReport> reports = new ArrayList<>();
        try (BaseModel base = BaseModel.open(Path.of("src/test/resources/parity", name));
                DreamBoothTrainer trainer = DreamBoothTrainer.open(base, settings, instances, classPictures, null)) {
            while (!trainer.done()) {
                reports.add(trainer.step());
            }
        }
        return reports;
    }

    private static Example picture(String caption) {
        float[] planes = StepRandom.gaussians(new Random(5), 3 * 32 * 32);
        return Example.whole(planes, 32, 32, caption);
    }

    /** @param weight of the picture in the loss */
    private static float[] gradient(ComputeType type, double weight) {
        LoraPlan lora = new LoraPlan(Targets.ATTENTION_AND_FEED_FORWARD.predicate(false), 4, 1);
        TrainingPlan plan = new TrainingPlan(lora, false, LossKind.MEAN_SQUARED, false);
        try (BaseModel base = BaseModel.open(Path.of("src/test/resources/parity/sd1"));
                LoraProgram program = LoraProgram.load(base, plan, new ComputeOptions(Device.cpu(), type));
                NDManager scope = program.newScope()) {
            Random random = new Random(3);
            int size = program.factors().totalElements();
            float[] factors = StepRandom.gaussians(random, size);
            for (int i = 0; i < size; i++) {
                factors[i] *= 0.05f;
            }
            try (FlatParameters parameters = program.parameters(factors, new float[size], new float[size])) {
                NDArray latents = scope.create(StepRandom.gaussians(random, (int) LATENT.size()), LATENT);
                NDArray noise = scope.create(StepRandom.gaussians(random, (int) LATENT.size()), LATENT);
                int length = base.textEncoderConfigs().get(0).maxPositions();
                TextEmbedding text =
                        program.encode(scope, List.of(scope.create(new long[length], new Shape(1, length))));
                NoiseTerms terms = new NoiseTerms(1);
                NoiseSchedule schedule = NoiseSchedule.of(base.schedulerConfig());
                terms.set(0, 300, schedule.level(300), PredictionType.EPSILON, weight);
                GradientInputs inputs = new GradientInputs(
                        latents,
                        noise,
                        terms,
                        scope.ones(new Shape(1, 1, 1, 1)),
                        new GradientInputs.Prompts.Encoded(text),
                        null,
                        null);
                return program.gradient(scope, parameters, inputs).gradient().toFloatArray();
            }
        }
    }
}
