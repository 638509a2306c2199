package athanor.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.runtime.LatentCodec;
import athanor.diffusion.schedule.NoiseSchedule;
import athanor.diffusion.schedule.PredictionType;
import athanor.diffusion.training.TrainingSettings.Objective;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the trainer hands to the program for a batch of one instance and one class picture. */
class MicroBatchTest {

    private static final int SIDE = 32;
    private static final int WEIGHT = 5;
    private static final int OWN_ANSWER = 6;
    private static final int HUBER_DELTA = 7;

    private static BaseModel base;
    private static LatentCodec codec;
    private static NDManager scope;

    @BeforeAll
    static void open() {
        base = BaseModel.open(Path.of("src/test/resources/parity/sd1"));
        codec = LatentCodec.load(base.vaeConfig(), base.vae(), ComputeOptions.CPU);
        scope = codec.manager().newSubManager();
    }

    @AfterAll
    static void close() {
        codec.close();
        base.close();
    }

    /** Of a whole step with three instances and six class pictures: 1/3 and 0.5/6, times each picture's min-SNR weight. */
    @Test
    void everyPictureWeighsItsShareOfItsHalf() {
        MicroBatch batch = batch(new Objective(PriorMode.CLASS_PICTURES, 0.5, 5, 0, 0, 0, List.of(), false, 0));
        NoiseSchedule schedule = NoiseSchedule.of(base.schedulerConfig());

        float[] weights = row(batch, WEIGHT);

        for (int i = 0; i < 2; i++) {
            double snr = schedule.level(batch.rows().get(i).timestep()).snr();
            double share = i == 0 ? 1.0 / 3 : 0.5 / 6;
            assertThat(weights[i]).isCloseTo((float) (share * Math.min(snr, 5) / snr), within(1e-6f));
        }
    }

    @Test
    void onlyClassPicturesAreAnsweredByTheBase() {
        assertThat(row(batch(Objective.of(PriorMode.BASE_PREDICTION)), OWN_ANSWER))
                .containsExactly(0, 1);
        assertThat(row(batch(Objective.of(PriorMode.CLASS_PICTURES)), OWN_ANSWER))
                .containsExactly(0, 0);
    }

    /** Halfway through the timesteps the threshold is the square root of the last one. */
    @Test
    void huberTurnsLinearEarlierTheMoreNoiseThereIs() {
        MicroBatch batch = batch(new Objective(PriorMode.CLASS_PICTURES, 1, 0, 0, 0, 0, List.of(), false, 0.1));

        float[] deltas = row(batch, HUBER_DELTA);

        for (int i = 0; i < 2; i++) {
            int timestep = batch.rows().get(i).timestep();
            assertThat(deltas[i]).isCloseTo((float) Math.pow(0.1, timestep / 1000.0), within(1e-6f));
        }
    }

    @Test
    void anOffsetOfTheNoiseIsTheSameAllOverAChannel() {
        float[] plain = batch(Objective.DREAMBOOTH).rows().get(0).noise();
        float[] shifted = batch(new Objective(PriorMode.CLASS_PICTURES, 1, 0, 0.1, 0, 0, List.of(), false, 0))
                .rows()
                .get(0)
                .noise();

        int channels = base.vaeConfig().latentChannels();
        int pixels = plain.length / channels;
        float[] shifts = new float[channels];
        for (int i = 0; i < plain.length; i++) {
            float shift = shifted[i] - plain[i];
            shifts[i / pixels] = i % pixels == 0 ? shift : shifts[i / pixels];
            assertThat(shift).isCloseTo(shifts[i / pixels], within(1e-5f));
        }
        assertThat(shifts).doesNotContain(0f).doesNotHaveDuplicates();
    }

    /** Half the picture counts three times as much as the other: 1.5 and 0.5, so that the mean stays 1. */
    @Test
    void aMaskIsNormalisedByItsArea() {
        float[] mask = new float[SIDE * SIDE];
        Arrays.fill(mask, 0, mask.length / 2, 0.75f);
        Arrays.fill(mask, mask.length / 2, mask.length, 0.25f);
        MicroBatch batch = emptyBatch(Objective.DREAMBOOTH);
        batch.add(encoded(mask), false, new Random(1));
        batch.add(encoded(null), true, new Random(2));

        float[] weights = batch.mask(scope).toFloatArray();

        int pixels = weights.length / 2;
        for (int i = 0; i < weights.length; i++) {
            float wanted = i < pixels / 2 ? 1.5f : i < pixels ? 0.5f : 1;
            assertThat(weights[i]).isCloseTo(wanted, within(1e-6f));
        }
    }

    @Test
    void sdxlIsToldWhereThePictureComesFrom() {
        assertThat(batch(Objective.DREAMBOOTH).timeIds(scope).toFloatArray()).startsWith(480, 640, 3, 7, SIDE, SIDE);
    }

    private static float[] row(MicroBatch batch, int row) {
        float[] all = batch.terms(3, 6).array(scope, 1).toFloatArray();
        return Arrays.copyOfRange(all, 2 * row, 2 * row + 2);
    }

    private static MicroBatch batch(Objective objective) {
        MicroBatch batch = emptyBatch(objective);
        batch.add(encoded(null), false, new Random(1));
        batch.add(encoded(null), true, new Random(2));
        return batch;
    }

    private static MicroBatch emptyBatch(Objective objective) {
        TrainingSettings settings = new TrainingSettings(
                new TrainingSettings.Adapter(4, 4, Targets.ATTENTION, false),
                new TrainingSettings.Rate(1e-3, 1e-3, 1, 0, LearningRateSchedule.CONSTANT),
                objective,
                AdamW.DEFAULT,
                1,
                3,
                42,
                ComputeOptions.CPU);
        return new MicroBatch(
                settings, NoiseSchedule.of(base.schedulerConfig()), PredictionType.EPSILON, base.vaeConfig());
    }

    private static CachedExample encoded(float[] mask) {
        float[] planes = StepRandom.gaussians(new Random(3), 3 * SIDE * SIDE);
        Example.Geometry geometry = new Example.Geometry(640, 480, 3, 7);
        return CachedExample.encode(codec, new Example(planes, SIDE, SIDE, "a photo", geometry, mask));
    }
}
