package athanor.train.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import athanor.train.lease.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpeedTest {

    private final ManualClock clock = new ManualClock();
    private final Speed speed = new Speed(clock, Duration.ofSeconds(1));

    @Test
    void theSlowFirstStepIsForgotten() {
        speed.stepTook(10);
        assertThat(speed.secondsPerStep()).isEqualTo(10);
        for (int i = 0; i < 60; i++) {
            speed.stepTook(0.5);
        }
        assertThat(speed.secondsPerStep()).isCloseTo(0.5, within(0.05));
        assertThat(speed.etaSeconds(100)).isCloseTo(50, within(5.0));
    }

    @Test
    void progressComesAtMostOnceASecondButAlwaysAtTheEnd() {
        assertThat(speed.progressIsDue(false)).isTrue();
        assertThat(speed.progressIsDue(false)).isFalse();
        clock.advance(Duration.ofMillis(999));
        assertThat(speed.progressIsDue(false)).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(speed.progressIsDue(false)).isTrue();
        assertThat(speed.progressIsDue(true)).isTrue();
    }
}
