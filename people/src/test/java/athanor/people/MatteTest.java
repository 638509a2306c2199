package athanor.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MatteTest {

    private final Matte leftHalf = new Matte(8, 4, 2, new float[] {1, 0});

    @Test
    void isInterpolatedBetweenTheMiddlesOfItsCells() {
        assertThat(leftHalf.alpha(0, 0)).isEqualTo(1);
        assertThat(leftHalf.alpha(3, 2)).isEqualTo(0.625f); // 3.5 / 8: one eighth left of the border of two cells
        assertThat(leftHalf.alpha(7, 3)).isZero();
        assertThat(leftHalf.share()).isEqualTo(0.5);
    }

    @Test
    void knowsItsPixelsOnly() {
        assertThatThrownBy(() -> leftHalf.alpha(8, 0)).hasMessageContaining("(8, 0) is not in a picture of 8 x 4");
    }
}
