package athanor.people.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TurnedSquareTest {

    @Test
    void theUpperEdgeIsWhereTheHeadIs() {
        TurnedSquare standing = TurnedSquare.upright(100, 200, 80, 0, -1);
        TurnedSquare headToTheRight = TurnedSquare.upright(100, 200, 80, 3, 0);

        assertThat(standing.y(0.5, 0)).isCloseTo(160, within(1e-9));
        assertThat(standing.x(1, 0.5)).isCloseTo(140, within(1e-9));
        assertThat(headToTheRight.x(0.5, 0)).isCloseTo(140, within(1e-9));
        assertThat(headToTheRight.y(1, 0.5)).isCloseTo(240, within(1e-9));
    }
}
