package athanor.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {

    @Test
    void warmsUpInEqualStepsToThePeak() {
        assertThat(LearningRateSchedule.CONSTANT.factor(1, 4, 100)).isEqualTo(0.25);
        assertThat(LearningRateSchedule.COSINE.factor(4, 4, 100)).isEqualTo(1);
    }

    @Test
    void constantStaysAtThePeak() {
        assertThat(LearningRateSchedule.CONSTANT.factor(100, 4, 100)).isEqualTo(1);
    }

    /** After the warm-up of 4 steps 100 remain: the first at the peak, the 51st at half of it, the last still above zero. */
    @Test
    void cosineFallsFromThePeakToNearlyNothing() {
        assertThat(LearningRateSchedule.COSINE.factor(5, 4, 104)).isEqualTo(1);
        assertThat(LearningRateSchedule.COSINE.factor(55, 4, 104)).isCloseTo(0.5, within(1e-12));
        assertThat(LearningRateSchedule.COSINE.factor(104, 4, 104)).isBetween(1e-4, 1e-3);
    }
}
