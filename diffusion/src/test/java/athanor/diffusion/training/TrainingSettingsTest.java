package athanor.diffusion.training;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import athanor.diffusion.training.TrainingSettings.Adapter;
import athanor.diffusion.training.TrainingSettings.Objective;
import athanor.diffusion.training.TrainingSettings.Rate;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingSettingsTest {

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1e-4, 11})
    void aLearningRateThatNothingLearnsAtIsRefused(double rate) {
        assertThatThrownBy(() -> new Rate(rate, 0, 1, 0, LearningRateSchedule.CONSTANT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("found a learning rate of the UNet of " + rate + ", wanted a number from 0 to 10");
        assertThatThrownBy(() -> new Rate(0, rate, 1, 0, LearningRateSchedule.CONSTANT))
                .hasMessageContaining("learning rate of the text encoders of " + rate);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1})
    void anObjectiveOfOtherThanFiniteNumbersFromZeroUpIsRefused(double number) {
        assertThatThrownBy(() -> new Objective(PriorMode.OFF, number, 0, 0, 0, 0, List.of(), false, 0))
                .hasMessage("found a prior weight of " + number + ", wanted a number from 0 up");
        assertThatThrownBy(() -> new Objective(PriorMode.OFF, 1, number, 0, 0, 0, List.of(), false, 0))
                .hasMessageContaining("min-SNR gamma");
        assertThatThrownBy(() -> new Objective(PriorMode.OFF, 1, 0, number, 0, 0, List.of(), false, 0))
                .hasMessageContaining("noise offset");
        assertThatThrownBy(() -> new Objective(PriorMode.OFF, 1, 0, 0, number, 0, List.of(), false, 0))
                .hasMessageContaining("captions left empty");
        assertThatThrownBy(() -> Objective.DREAMBOOTH.withCaptionTagDropout(number, List.of()))
                .hasMessageContaining("wanted a number from 0 to 1");
        assertThatThrownBy(() -> new Objective(PriorMode.OFF, 1, 0, 0, 0, 0, List.of(), false, number))
                .hasMessageContaining("Huber threshold");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY})
    void anAlphaThatIsNotFiniteIsRefused(double alpha) {
        assertThatThrownBy(() -> new Adapter(4, alpha, Targets.ATTENTION, false))
                .hasMessage("found an alpha of " + alpha + ", wanted a finite number");
    }
}
