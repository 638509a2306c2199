package athanor.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeededGaussiansTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1000, (1L << 48) - 1})
    void seedsThatJavaTellsApartKeepTheirNumbers(long seed) {
        Random ours = SeededGaussians.of(seed);
        Random javas = new Random(seed);

        for (int i = 0; i < 100; i++) {
            assertThat(ours.nextGaussian()).isEqualTo(javas.nextGaussian());
        }
    }

    @Test
    void eachBitOfASeedGivesOtherNumbers() {
        Set<Double> first = new HashSet<>();
        for (int bit = 0; bit < Long.SIZE; bit++) {
            first.add(SeededGaussians.of(1L << bit).nextGaussian());
        }
        assertThat(first).hasSize(Long.SIZE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 48, Long.MAX_VALUE, Long.MIN_VALUE, -2})
    void seedsBeyondGiveUnitNoise(long seed) {
        Random random = SeededGaussians.of(seed);
        double sum = 0;
        double squares = 0;
        int count = 100_000;
        for (int i = 0; i < count; i++) {
            double value = random.nextGaussian();
            sum += value;
            squares += value * value;
        }
        assertThat(sum / count).isCloseTo(0, within(0.02)); // six standard errors
        assertThat(squares / count).isCloseTo(1, within(0.03));
    }
}
