package athanor.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoxTest {

    @Test
    void overlapIsTheSharedPartOfBoth() {
        Box left = new Box(0, 0, 2, 2);

        assertThat(left.overlap(left)).isEqualTo(1);
        assertThat(left.overlap(new Box(1, 0, 2, 2))).isCloseTo(2 / 6.0, within(1e-12));
        assertThat(left.overlap(new Box(2, 0, 2, 2))).isZero();
    }

    @Test
    void aBoxWithoutAnAreaIsRefused() {
        assertThatThrownBy(() -> new Box(0, 0, 0, 1)).hasMessageContaining("needs an area");
        assertThatThrownBy(() -> new Box(Double.NaN, 0, 1, 1)).hasMessageContaining("needs an area");
    }

    @Test
    void aHeadReachesAboveAndBesideItsFace() {
        List<KeyPoint> anywhere = Arrays.stream(KeyPoint.Part.values())
                .map(part -> new KeyPoint(part, 0, 0))
                .toList();
        Face face = new Face(new Box(100, 200, 40, 100), 0.9, anywhere);

        assertThat(face.head()).isEqualTo(new Box(90, 175, 60, 135));
        assertThat(face.headWithHair().y()).isCloseTo(155, within(1e-9));
        assertThat(face.headWithHair().bottom()).isCloseTo(310, within(1e-9));
    }
}
