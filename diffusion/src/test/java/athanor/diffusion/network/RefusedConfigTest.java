package athanor.diffusion.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries that would give NaN, a division by zero or another model than was trained. */
class RefusedConfigTest {

    @ParameterizedTest
    @ValueSource(doubles = {-1e-5, Double.NaN, Double.POSITIVE_INFINITY})
    void anEpsilonBelowZeroOrNotFiniteIsNamed(double epsilon) {
        assertThatThrownBy(() -> UNetConfig.from(Map.of("norm_eps", epsilon)))
                .isInstanceOf(UnknownArchitectureException.class)
                .hasMessageContaining("unet/config.json: norm_eps is " + epsilon);
        assertThatThrownBy(() -> TextEncoderConfig.from(Map.of("layer_norm_eps", epsilon)))
                .hasMessageContaining("text_encoder/config.json: layer_norm_eps is " + epsilon);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, Double.NaN, Double.NEGATIVE_INFINITY})
    void aFactorThatNothingCanBeDividedByIsNamed(double factor) {
        assertThatThrownBy(() -> VaeConfig.from(Map.of("scaling_factor", factor)))
                .isInstanceOf(UnknownArchitectureException.class)
                .hasMessageContaining("vae/config.json: scaling_factor is " + factor);
        assertThatThrownBy(() -> UNetConfig.from(Map.of("mid_block_scale_factor", factor)))
                .hasMessageContaining("mid_block_scale_factor is " + factor);
    }

    @Test
    void aShiftOfHalfTheSinusoidsChannelsIsNamed() {
        assertThatThrownBy(() -> UNetConfig.from(Map.of("freq_shift", 160)))
                .hasMessageContaining("freq_shift is 160.0, wanted another number");
        Map<String, Object> xl = new HashMap<>(Map.of("addition_embed_type", "text_time", "freq_shift", 128));
        assertThatThrownBy(() -> UNetConfig.from(xl)).hasMessageContaining("freq_shift is 128.0");
        xl.put("freq_shift", 1);
        assertThat(UNetConfig.from(xl).frequencyShift()).isEqualTo(1);
    }

    @Test
    void listsThatDoNotFitTheLevelsAreNamed() {
        assertThatThrownBy(() -> UNetConfig.from(Map.of("only_cross_attention", List.of())))
                .hasMessageContaining("only_cross_attention is [], wanted true, false or a list of 4 of them");
        assertThatThrownBy(() -> UNetConfig.from(Map.of("only_cross_attention", List.of(true, false, true, 1))))
                .hasMessageContaining("only_cross_attention is [true, false, true, 1]");
        assertThat(UNetConfig.from(Map.of("only_cross_attention", List.of(true, true, true, false)))
                        .onlyCrossAttention())
                .containsExactly(true, true, true, false);
        assertThatThrownBy(() -> UNetConfig.from(Map.of("block_out_channels", List.of())))
                .hasMessageContaining("block_out_channels is [], wanted 1 to 16 levels");
    }

    @Test
    void networksOfAnotherClassAreNamed() {
        assertThatThrownBy(() -> UNetConfig.from(Map.of("_class_name", "SD3Transformer2DModel")))
                .isInstanceOf(UnknownArchitectureException.class)
                .hasMessage("unet/config.json: _class_name is SD3Transformer2DModel, wanted UNet2DConditionModel");
        assertThatThrownBy(() -> VaeConfig.from(Map.of("_class_name", "AutoencoderTiny")))
                .hasMessage("vae/config.json: _class_name is AutoencoderTiny, wanted AutoencoderKL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"latents_mean", "latents_std"})
    void latentsScaledByChannelAreRefused(String key) {
        assertThatThrownBy(() -> VaeConfig.from(Map.of(key, List.of(1.0, 2.0, 3.0, 4.0))))
                .isInstanceOf(UnknownArchitectureException.class)
                .hasMessageContaining(key + " is [1.0, 2.0, 3.0, 4.0], wanted nothing");
    }
}
