package athanor.tinybase.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ShareTest {

    /** 15 of 16 by Wilson's formula, as statsmodels' proportion_confint(15, 16, method="wilson") gives it. */
    @Test
    void theIntervalIsWilsons() {
        Share share = new Share(15, 16);

        assertThat(share.low()).isCloseTo(0.7167, within(1e-4));
        assertThat(share.high()).isCloseTo(0.9889, within(1e-4));
        assertThat(share).hasToString("15/16 (72-99 %)");
    }

    @Test
    void allOfAFewProveLittle() {
        assertThat(new Share(4, 4).low()).isLessThan(0.52);
        assertThat(new Share(4, 4).high()).isEqualTo(1);
    }

    @Test
    void sharesOfSeveralTrainingsAddUp() {
        assertThat(new Share(3, 8).plus(new Share(5, 8))).isEqualTo(new Share(8, 16));
    }
}
