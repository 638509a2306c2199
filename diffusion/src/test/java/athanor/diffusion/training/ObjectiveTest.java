package athanor.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.program.LoraPlan;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.runtime.DiffusionModel;
import athanor.diffusion.runtime.LoraSet;
import athanor.diffusion.runtime.TextEmbedding;
import athanor.diffusion.schedule.NoiseLevel;
import athanor.diffusion.schedule.NoiseSchedule;
import athanor.diffusion.schedule.PredictionType;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors of the training program against formulas in plain Java on the prediction of a model that was loaded by itself. */
class ObjectiveTest {

    private static final double DELTA = 0.3;
    private static final int TIMESTEP = 400;
    private static final Shape LATENT = new Shape(1, 4, 8, 8);

    @ParameterizedTest
    @CsvSource({"sd1, MEAN_SQUARED", "sd1, HUBER", "sd2, MEAN_SQUARED", "sd2, HUBER"})
    void errorsAreThoseOfTheFormulaUnderTheMask(String name, LossKind kind) {
        Random random = new Random(11);
        float[] latents = StepRandom.gaussians(random, (int) LATENT.size());
        float[] noise = StepRandom.gaussians(random, (int) LATENT.size());
        float[] mask = new float[64];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = i < 32 ? 1.75f : 0.25f;
        }
        try (BaseModel base = BaseModel.open(Path.of("src/test/resources/parity", name))) {
            NoiseLevel level = NoiseSchedule.of(base.schedulerConfig()).level(TIMESTEP);
            PredictionType type = base.schedulerConfig().predictionType();
            float[] predicted = prediction(base, noisy(latents, noise, level));

            double sum = 0;
            for (int i = 0; i < predicted.length; i++) {
                double target = type == PredictionType.EPSILON
                        ? noise[i]
                        : level.alpha() * noise[i] - level.sigma() * latents[i];
                double d = predicted[i] - target;
                double error =
                        kind == LossKind.MEAN_SQUARED ? d * d : 2 * DELTA * (Math.sqrt(d * d + DELTA * DELTA) - DELTA);
                sum += mask[i % 64] * error;
            }

            assertThat(error(base, kind, level, latents, noise, mask))
                    .isCloseTo((float) (sum / predicted.length), within(2e-5f));
        }
    }

    private static float[] noisy(float[] latents, float[] noise, NoiseLevel level) {
        float[] noisy = new float[latents.length];
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] = (float) (level.alpha() * latents[i] + level.sigma() * noise[i]);
        }
        return noisy;
    }

    private static float[] prediction(BaseModel base, float[] noisy) {
        try (DiffusionModel model = DiffusionModel.load(base, ComputeOptions.CPU);
                NDManager scope = model.newScope()) {
            long[][] ids = new long[1][base.textEncoderConfigs().get(0).maxPositions()];
            TextEmbedding text = model.encode(scope, Collections.nCopies(1, ids), LoraSet.none());
            NDArray timestep = scope.create(new float[] {TIMESTEP});
            return model.denoise(scope, scope.create(noisy, LATENT), timestep, text, null, LoraSet.none())
                    .toFloatArray();
        }
    }

    /** B is zero, so the adapted base predicts as the base itself. */
    private static float error(
            BaseModel base, LossKind kind, NoiseLevel level, float[] latents, float[] noise, float[] mask) {
        LoraPlan lora = new LoraPlan(Targets.ATTENTION.predicate(false), 2, 1);
        try (LoraProgram program =
                        LoraProgram.load(base, new TrainingPlan(lora, false, kind, false), ComputeOptions.CPU);
                NDManager scope = program.newScope()) {
            int size = program.factors().totalElements();
            int length = base.textEncoderConfigs().get(0).maxPositions();
            NDArray ids = scope.create(new long[length], new Shape(1, length));
            NoiseTerms terms = new NoiseTerms(1);
            terms.set(0, TIMESTEP, level, base.schedulerConfig().predictionType(), 1);
            terms.huberDelta(0, DELTA);
            try (FlatParameters parameters = FlatParameters.startingAt(scope, new float[size])) {
                GradientInputs inputs = new GradientInputs(
                        scope.create(latents, LATENT),
                        scope.create(noise, LATENT),
                        terms,
                        scope.create(mask, new Shape(1, 1, 8, 8)),
                        new GradientInputs.Prompts.Encoded(program.encode(scope, Collections.nCopies(1, ids))),
                        null,
                        null);
                return program.gradient(scope, parameters, inputs).errors()[0];
            }
        }
    }
}
