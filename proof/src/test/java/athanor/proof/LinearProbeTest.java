package athanor.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LinearProbeTest {

    private static final int FEATURES = 300;

    private final Random random = new Random(7);

    /** Noise, with a little of what tells the kinds apart in one feature of ten. */
    private List<float[]> pictures(int count, double offset) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    float[] features = new float[FEATURES];
                    for (int k = 0; k < FEATURES; k++) {
                        features[k] = (float) (random.nextGaussian() + (k % 10 == 0 ? offset : 0));
                    }
                    return features;
                })
                .toList();
    }

    @Test
    void picturesThatItWasNotDrawnFromAreToldApart() {
        LinearProbe line = LinearProbe.between(pictures(8, 1), pictures(24, -1));

        List<Double> more = pictures(50, 1).stream().map(line::of).toList();
        List<Double> others = pictures(50, -1).stream().map(line::of).toList();

        assertThat(Separation.auc(more, others)).isGreaterThan(0.95);
    }

    @Test
    void whereThereIsNothingToTellItSaysSo() {
        LinearProbe line = LinearProbe.between(pictures(30, 0), pictures(30, 0));

        assertThat(Separation.auc(line.positivesLeftOut(), line.negativesLeftOut()))
                .as("of held-out pictures; of its own it would be 1, there are more features than pictures")
                .isCloseTo(0.5, within(0.2));
    }

    @Test
    void heldOutPicturesAreAsFarApartAsNewOnes() {
        LinearProbe line = LinearProbe.between(pictures(20, 0.4), pictures(20, -0.4));

        double heldOut = ProvedTrial.mean(line.positivesLeftOut()) - ProvedTrial.mean(line.negativesLeftOut());
        double fresh = ProvedTrial.mean(
                        pictures(200, 0.4).stream().map(line::of).toList())
                - ProvedTrial.mean(pictures(200, -0.4).stream().map(line::of).toList());

        assertThat(heldOut).isCloseTo(fresh, within(0.25 * fresh));
    }

    @Test
    void oneOfAKindIsTooFew() {
        assertThatThrownBy(() -> LinearProbe.between(pictures(1, 1), pictures(9, -1)))
                .hasMessage("1 against 9 pictures; a line between them needs at least two of each");
    }

    @Test
    void separationIsHowOftenOneHasMoreThanTheOther() {
        assertThat(Separation.auc(List.of(3.0, 4.0), List.of(1.0, 2.0))).isEqualTo(1);
        assertThat(Separation.auc(List.of(1.0, 4.0), List.of(2.0, 3.0))).isEqualTo(0.5);
        assertThat(Separation.auc(List.of(2.0), List.of(2.0))).isEqualTo(0.5);
    }
}
