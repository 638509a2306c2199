package athanor.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import athanor.diffusion.OutOfMemoryException;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.runtime.ComputeOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeastMemoryTest {

    private final BaseModel base = BaseModel.open(Path.of("src/test/resources/parity/sd1"));

    @AfterEach
    void close() {
        base.close();
    }

    /** Three levels, each of three resnets, the upper two with a transformer beside each. */
    @Test
    void countsWhatThePiecesOfEveryLevelKeep() {
        assertThat(base.unetConfig().blockOutChannels()).containsExactly(16, 24, 32);
        assertThat(base.unetConfig().crossAttention()).containsExactly(true, true, false);

        long pixels = 8 * 12 * 16 + 4 * 6 * 24;
        long lowest = 2 * 3 * 32;
        assertThat(of(ComputeOptions.CPU)).isEqualTo(4 * 3 * (pixels * (1 + 6) + lowest));
        assertThat(of(ComputeOptions.CPU.in(ComputeType.BFLOAT16))).isEqualTo(2 * 3 * (pixels * (1 + 6) + lowest));
        assertThat(of(ComputeOptions.CPU.withRecompute(true))).isEqualTo(4 * 3 * (pixels * (1 + 1) + lowest));
    }

    private long of(ComputeOptions compute) {
        return LeastMemory.ofAPicture(
                base,
                compute.type().bytes(),
                compute.recompute(),
                8 * base.vaeConfig().factor(),
                12 * base.vaeConfig().factor());
    }

    @Test
    void aBatchThatNoMachineHoldsIsRefusedBeforeAnythingIsEncoded() {
        Example picture = Example.whole(new float[3 * 64 * 64], 64, 64, "a woman");
        TrainingSettings settings = new TrainingSettings(
                new TrainingSettings.Adapter(4, 4, Targets.ATTENTION, false),
                new TrainingSettings.Rate(1e-4, 1e-4, 1, 0, LearningRateSchedule.CONSTANT),
                TrainingSettings.Objective.of(PriorMode.OFF),
                AdamW.DEFAULT,
                1_000_000_000,
                1,
                1,
                ComputeOptions.CPU);

        assertThatThrownBy(() -> DreamBoothTrainer.open(base, settings, List.of(picture), List.of(), null))
                .isInstanceOf(OutOfMemoryException.class)
                .hasMessageMatching(
                        "the memory does not suffice: a step with training.batchSize 1000000000 on pictures of"
                                + " this size keeps at least [\\d.]+ GiB, this machine has [\\d.]+ GiB");
    }
}
