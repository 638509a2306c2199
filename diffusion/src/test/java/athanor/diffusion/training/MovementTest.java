package athanor.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import athanor.diffusion.lora.LoraLayer;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.safetensors.SafetensorsException;
import athanor.diffusion.training.TrainingSettings.Moving;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What moves the LoRA, and what of it is kept. */
class MovementTest {

    private static final Path BASE = Path.of("src/test/resources/parity/sd1");

    @ParameterizedTest
    @CsvSource({"PRODIGY, 0", "PRODIGY_SCHEDULE_FREE, 0", "ADAMW, 0.9"})
    void goesOnBitForBitAfterBeingStopped(OptimiserKind kind, double emaDecay) throws SafetensorsException {
        TrainingSettings settings = settings(new Moving(kind, emaDecay));
        try (BaseModel base = BaseModel.open(BASE)) {
            float[] straight;
            float[] kept;
            byte[] saved;
            try (DreamBoothTrainer trainer = open(base, settings, null)) {
                trainer.step();
                saved = trainer.state().toBytes();
                trainer.step();
                straight = trainer.state().values();
                kept = down(trainer);
            }
            try (DreamBoothTrainer trainer = open(base, settings, TrainerState.fromBytes(saved, "saved"))) {
                trainer.step();
                assertThat(Arrays.equals(trainer.state().values(), straight)).isTrue();
                assertThat(Arrays.equals(down(trainer), kept)).isTrue();
            }
        }
    }

    /** Two elevenths of the LoRA before the first step, and the rest of the one after it. */
    @Test
    void theRunningMeanBeginsWithTheLoraBeforeItsFirstStep() {
        try (BaseModel base = BaseModel.open(BASE);
                DreamBoothTrainer plain = open(base, settings(Moving.BY_ADAMW), null);
                DreamBoothTrainer averaged = open(base, settings(new Moving(OptimiserKind.ADAMW, 0.9)), null)) {
            float[] before = down(averaged);
            plain.step();
            averaged.step();
            float[] after = down(plain);
            float[] mean = down(averaged);
            for (int i = 0; i < mean.length; i++) {
                assertThat(mean[i]).isCloseTo(before[i] * 2 / 11f + after[i] * 9 / 11f, within(1e-6f));
            }
        }
    }

    @Test
    void aMeanOfAMeanIsRefused() {
        assertThatThrownBy(() -> new Moving(OptimiserKind.PRODIGY_SCHEDULE_FREE, 0.9))
                .hasMessageContaining("wanted one of them");
    }

    private static float[] down(DreamBoothTrainer trainer) {
        List<LoraLayer> layers = trainer.lora(Map.of()).layers();
        return layers.get(0).down().values();
    }

    private static DreamBoothTrainer open(BaseModel base, TrainingSettings settings, @Nullable TrainerState state) {
        Random random = new Random(1);
        float[] planes = new float[3 * 32 * 32];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = random.nextFloat() * 2 - 1;
        }
        return DreamBoothTrainer.open(
                base, settings, List.of(Example.whole(planes, 32, 32, "a photo")), List.of(), state);
    }

    private static TrainingSettings settings(Moving moving) {
        return new TrainingSettings(
                new TrainingSettings.Adapter(2, 2, Targets.ATTENTION, false),
                new TrainingSettings.Rate(1e-2, 0, 3, 0, LearningRateSchedule.CONSTANT),
                TrainingSettings.Objective.of(PriorMode.OFF),
                AdamW.DEFAULT,
                1,
                1,
                42,
                ComputeOptions.CPU,
                0,
                moving);
    }
}
