package athanor.train.training;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.train.lease.ManualClock;
import org.junit.jupiter.api.Test;

class StallDetectorTest {

    private final ManualClock clock = new ManualClock();
    private final StallDetector stallDetector = new StallDetector(clock);

    @Test
    void loadingABaseMayTakeMinutes() {
        clock.advanceSeconds(300);
        assertThat(stallDetector.stalled()).isFalse();
    }

    @Test
    void aStepOfManyPassesIsAliveAsLongAsTheyCome() {
        for (int i = 0; i < 10; i++) {
            clock.advanceSeconds(599);
            stallDetector.alive();
        }
        assertThat(stallDetector.stalled()).isFalse();
        clock.advanceSeconds(601);
        assertThat(stallDetector.stalled()).isTrue();
    }

    @Test
    void aTrainingThatStandsStillForTwentyUsualStepsIsStalled() {
        for (int i = 0; i < 10; i++) {
            clock.advanceSeconds(3);
            stallDetector.stepDone(3);
        }
        clock.advanceSeconds(60);
        assertThat(stallDetector.stalled()).isFalse();
        clock.advanceSeconds(1);
        assertThat(stallDetector.stalled()).isTrue();
    }

    @Test
    void quickStepsAreGivenTwentySecondsAllTheSame() {
        for (int i = 0; i < 10; i++) {
            stallDetector.stepDone(0.01);
        }
        clock.advanceSeconds(20);
        assertThat(stallDetector.stalled()).isFalse();
        clock.advanceSeconds(1);
        assertThat(stallDetector.stalled()).isTrue();
    }

    @Test
    void aCheckpointOverAThinLineIsNoStandstill() {
        for (int i = 0; i < 10; i++) {
            stallDetector.stepDone(0.01);
        }
        stallDetector.longTaskBegins();
        clock.advanceSeconds(300);
        assertThat(stallDetector.stalled()).isFalse();
        stallDetector.stepBegins();
        clock.advanceSeconds(21);
        assertThat(stallDetector.stalled()).isTrue();
    }
}
