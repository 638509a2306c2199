package athanor.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.diffusion.model.BaseModel;
import athanor.diffusion.runtime.ComputeOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pictures that are measured and not trained on. */
class ValidationTest {

    private static final int SIDE = 32;

    @Test
    void theSameNoiseGivesTheSameLossUntilSomethingIsLearnt() {
        try (BaseModel base = BaseModel.open(Path.of("src/test/resources/parity/sd1"));
                DreamBoothTrainer trainer = DreamBoothTrainer.open(base, settings(1), pictures(4), pictures(6), null)) {
            assertThat(trainer.heldOut()).isEqualTo(1);
            ValidationLoss before = trainer.validate();
            assertThat(before.heldOut()).extracting(PictureLoss::timestep).containsExactly(125, 375, 625, 875);
            assertThat(before.classPictures()).hasSize(4 * 4);
            assertThat(trainer.validate()).isEqualTo(before);

            StepReport step = trainer.step();

            assertThat(step.pictures()).hasSize(2);
            assertThat(trainer.validate()).isNotEqualTo(before);
        }
    }

    /** Neither measuring nor the one that is held out gets into what is learnt. */
    @Test
    void measuringChangesNothingThatIsLearnt() {
        List<Example> pictures = pictures(4);
        try (BaseModel base = BaseModel.open(Path.of("src/test/resources/parity/sd1"))) {
            float[] unmeasured;
            try (DreamBoothTrainer trainer = DreamBoothTrainer.open(base, settings(1), pictures, pictures(2), null)) {
                trainer.step();
                unmeasured = trainer.state().values();
            }
            try (DreamBoothTrainer trainer = DreamBoothTrainer.open(base, settings(1), pictures, pictures(2), null)) {
                trainer.validate();
                trainer.step();
                assertThat(Arrays.equals(trainer.state().values(), unmeasured)).isTrue();
            }
        }
    }

    @Test
    void aSmallSetKeepsItsPictures() {
        try (BaseModel base = BaseModel.open(Path.of("src/test/resources/parity/sd1"));
                DreamBoothTrainer trainer = DreamBoothTrainer.open(base, settings(2), pictures(3), pictures(2), null)) {
            assertThat(trainer.heldOut()).isZero();
            assertThat(trainer.validate().heldOut()).isEmpty();
        }
    }

    private static TrainingSettings settings(int heldOut) {
        return new TrainingSettings(
                new TrainingSettings.Adapter(2, 2, Targets.ATTENTION, false),
                new TrainingSettings.Rate(1e-2, 0, 3, 0, LearningRateSchedule.CONSTANT),
                TrainingSettings.Objective.DREAMBOOTH,
                AdamW.DEFAULT,
                1,
                1,
                42,
                ComputeOptions.CPU,
                heldOut,
                TrainingSettings.Moving.BY_ADAMW);
    }

    private static List<Example> pictures(int count) {
        List<Example> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Random random = new Random(i);
            float[] planes = new float[3 * SIDE * SIDE];
            for (int p = 0; p < planes.length; p++) {
                planes[p] = random.nextFloat() * 2 - 1;
            }
            pictures.add(Example.whole(planes, SIDE, SIDE, "a photo"));
        }
        return pictures;
    }
}
