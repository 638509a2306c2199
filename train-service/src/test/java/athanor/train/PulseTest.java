package athanor.train;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.train.lease.HandClock;
import org.junit.jupiter.api.Test;

class PulseTest {

    private final HandClock clock = new HandClock();
    private final Pulse pulse = new Pulse(clock);

    @Test
    void loadingABaseMayTakeMinutes() {
        clock.advanceSeconds(300);
        assertThat(pulse.stopped()).isFalse();
    }

    @Test
    void aTrainingThatStandsStillForTwentyUsualStepsHasNoPulse() {
        for (int i = 0; i < 10; i++) {
            clock.advanceSeconds(3);
            pulse.step(3);
        }
        clock.advanceSeconds(60);
        assertThat(pulse.stopped()).isFalse();
        clock.advanceSeconds(1);
        assertThat(pulse.stopped()).isTrue();
    }

    @Test
    void quickStepsAreGivenTwentySecondsAllTheSame() {
        for (int i = 0; i < 10; i++) {
            pulse.step(0.01);
        }
        clock.advanceSeconds(20);
        assertThat(pulse.stopped()).isFalse();
        clock.advanceSeconds(1);
        assertThat(pulse.stopped()).isTrue();
    }

    @Test
    void aCheckpointOverAThinLineIsNoStandstill() {
        for (int i = 0; i < 10; i++) {
            pulse.step(0.01);
        }
        pulse.errand();
        clock.advanceSeconds(300);
        assertThat(pulse.stopped()).isFalse();
        pulse.stepping();
        clock.advanceSeconds(21);
        assertThat(pulse.stopped()).isTrue();
    }
}
