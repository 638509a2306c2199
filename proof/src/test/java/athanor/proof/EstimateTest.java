package athanor.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class EstimateTest {

    @Test
    void theIntervalIsWilsons() {
        Estimate estimate = Estimate.of(List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0));

        // Wilson (1927) for 7 of 8
        assertThat(estimate.low()).isCloseTo(0.5291, within(1e-4));
        assertThat(estimate.high()).isCloseTo(0.9776, within(1e-4));
        assertThat(estimate.words()).isEqualTo("88 % (53-98 %)");
    }

    @Test
    void fewPicturesThatAllAgreeProveLittle() {
        assertThat(Estimate.of(Collections.nCopies(4, 1.0)).low()).isCloseTo(0.51, within(0.01));
        assertThat(Estimate.of(Collections.nCopies(4, 1.0)).high()).isEqualTo(1);
        assertThat(Estimate.of(Collections.nCopies(40, 0.0)).high()).isLessThan(0.1);
        assertThat(Estimate.of(List.of())).isEqualTo(new Estimate(0, 0, 1, 0));
    }
}
