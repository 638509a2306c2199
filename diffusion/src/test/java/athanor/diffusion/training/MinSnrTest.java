package athanor.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import athanor.diffusion.schedule.NoiseLevel;
import athanor.diffusion.schedule.PredictionType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinSnrTest {

    /** A signal-to-noise ratio of 16 (alpha 0.8, sigma 0.2) and of 1/16, with gamma 5. */
    @ParameterizedTest
    @CsvSource({
        "EPSILON, 0.8, 0.2, 0.3125",
        "EPSILON, 0.2, 0.8, 1",
        "V_PREDICTION, 0.8, 0.2, 0.29411765",
        "V_PREDICTION, 0.2, 0.8, 0.05882353",
        "SAMPLE, 0.8, 0.2, 5",
        "SAMPLE, 0.2, 0.8, 0.0625"
    })
    void weighsByTheSmallerOfRatioAndGamma(PredictionType prediction, double alpha, double sigma, double weight) {
        assertThat(MinSnr.weight(new NoiseLevel(alpha, sigma), prediction, 5)).isCloseTo(weight, within(1e-8));
    }

    @ParameterizedTest
    @CsvSource({"EPSILON", "V_PREDICTION", "SAMPLE"})
    void weighsNothingWhenSwitchedOff(PredictionType prediction) {
        assertThat(MinSnr.weight(new NoiseLevel(0.2, 0.8), prediction, 0)).isEqualTo(1);
    }
}
