package athanor.diffusion.training;

import static athanor.diffusion.Distance.distance;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.program.LoraDropout;
import athanor.diffusion.program.LoraPlan;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.schedule.NoiseSchedule;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One step on random small bases, with everything kept and with the insides of the networks computed again. */
class RecomputationTest {

    private static final int PICTURES = 3;

    static Stream<Arguments> basesAndWaysToTrain() {
        LoraDropout dropout = new LoraDropout(0.2, 0.1, 0.1);
        return Stream.of("sd1", "sd1-four-levels", "sd2", "sdxl")
                .flatMap(base -> Stream.of(
                        Arguments.of(base, false, false, LoraDropout.OFF),
                        Arguments.of(base, false, true, dropout),
                        Arguments.of(base, true, false, dropout),
                        Arguments.of(base, true, true, LoraDropout.OFF)));
    }

    /** Up to rounding: where gradients meet, they are added in another order. */
    @ParameterizedTest(name = "{0}, text encoders trained {1}, own prediction as prior {2}, {3}")
    @MethodSource("basesAndWaysToTrain")
    void changesNeitherLossNorGradient(String name, boolean text, boolean ownPrediction, LoraDropout dropout) {
        LoraPlan lora = new LoraPlan(Targets.WITH_CONVOLUTIONS.predicate(text), 4, 0.5, dropout);
        TrainingPlan plan = new TrainingPlan(lora, text, LossKind.MEAN_SQUARED, ownPrediction);
        try (BaseModel base = BaseModel.open(Path.of("src/test/resources/parity", name))) {
            Step kept = step(base, plan, ComputeOptions.CPU);
            Step again = step(base, plan, ComputeOptions.CPU.withRecompute(true));
            assertThat(distance(again.errors(), kept.errors())).isLessThan(1e-6);
            assertThat(norm(kept.gradient())).isGreaterThan(0);
            assertThat(distance(again.gradient(), kept.gradient())).isLessThan(3e-6);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Step(float[] errors, float[] gradient) {}

    private static Step step(BaseModel base, TrainingPlan plan, ComputeOptions options) {
        try (LoraProgram program = LoraProgram.load(base, plan, options);
                NDManager scope = program.newScope()) {
            Random random = new Random(7);
            int length = program.factors().totalElements();
            float[] factors = StepRandom.gaussians(random, length);
            for (int i = 0; i < length; i++) {
                factors[i] *= 0.05f;
            }
            NDArray latents = gaussians(scope, random, base.unetConfig().inChannels());
            NDArray noise = gaussians(scope, random, base.unetConfig().inChannels());
            NDArray ids = scope.create(random.longs(PICTURES * 7L, 0, 40).toArray(), new Shape(PICTURES, 7));
            List<NDArray> idsByEncoder =
                    Collections.nCopies(base.textEncoderConfigs().size(), ids);
            GradientInputs.Prompts prompts = plan.trainTextEncoders()
                    ? new GradientInputs.Prompts.Tokens(idsByEncoder)
                    : new GradientInputs.Prompts.Encoded(program.encode(scope, idsByEncoder));
            NDArray timeIds = program.hasPooledText()
                    ? scope.create(new float[] {64, 64, 0, 0, 64, 64, 64, 96, 0, 8, 64, 64, 80, 64, 4, 0, 64, 64})
                            .reshape(PICTURES, 6)
                    : null;
            NDArray seeds = scope.create(new long[] {11, 222, 3333});
            FlatParameters parameters = program.parameters(factors, new float[length], new float[length]);
            GradientInputs inputs = new GradientInputs(
                    latents, noise, terms(base), scope.ones(new Shape(1, 1, 1, 1)), prompts, timeIds, seeds);
            LoraProgram.Gradient result = program.gradient(scope, parameters, inputs);
            return new Step(result.errors(), result.gradient().toFloatArray());
        }
    }

    private static NoiseTerms terms(BaseModel base) {
        NoiseSchedule schedule = NoiseSchedule.of(base.schedulerConfig());
        NoiseTerms terms = new NoiseTerms(PICTURES);
        int[] timesteps = {10, 400, 900};
        for (int i = 0; i < PICTURES; i++) {
            terms.set(
                    i,
                    timesteps[i],
                    schedule.level(timesteps[i]),
                    base.schedulerConfig().predictionType(),
                    1.0 / PICTURES);
        }
        terms.answersAsTheBase(1);
        return terms;
    }

    /** The height is one that the way down does not divide evenly. */
    private static NDArray gaussians(NDManager scope, Random random, int channels) {
        return scope.create(
                StepRandom.gaussians(random, PICTURES * channels * 14 * 8), new Shape(PICTURES, channels, 14, 8));
    }

    private static double norm(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        assertThat(sum).as(() -> Arrays.toString(values)).isFinite();
        return Math.sqrt(sum);
    }
}
