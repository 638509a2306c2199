package athanor.tinybase.measure;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.recipe.Preset;
import athanor.contracts.recipe.Recipe;
import org.junit.jupiter.api.Test;

/** The measure trains with the presets that are offered. */
class MeasuredPresetsTest {

    private static MeasuredPreset offered(Preset preset, String name) {
        Recipe recipe = preset.recipe("tiny", "woman", 64);
        assertThat(recipe.network().alpha()).isEqualTo(recipe.network().rank());
        assertThat(recipe.training().textEncoderLearningRate())
                .isEqualTo(recipe.training().learningRate());
        return new MeasuredPreset(
                name,
                recipe.training().steps(),
                recipe.network().rank(),
                recipe.training().learningRate(),
                recipe.training().warmupSteps());
    }

    @Test
    void theyAreThoseThatAreOffered() {
        assertThat(offered(Preset.QUICK, "quick")).isEqualTo(MeasuredPreset.QUICK);
        assertThat(offered(Preset.BALANCED, "balanced")).isEqualTo(MeasuredPreset.BALANCED);
        assertThat(offered(Preset.THOROUGH, "thorough")).isEqualTo(MeasuredPreset.THOROUGH);
    }
}
