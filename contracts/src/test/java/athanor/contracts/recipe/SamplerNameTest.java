package athanor.contracts.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import athanor.contracts.json.Json;
import athanor.contracts.json.JsonException;
import athanor.contracts.rest.SampleRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplerNameTest {

    @ParameterizedTest
    @CsvSource({
        "DPM++ 2M Karras, DPMPP_2M_KARRAS",
        "dpmpp_2m_karras, DPMPP_2M_KARRAS",
        "dpm++2m, DPMPP_2M",
        "Euler a, EULER_ANCESTRAL",
        "euler_ancestral, EULER_ANCESTRAL",
        "k_euler_a, EULER_ANCESTRAL",
        "EULER, EULER",
        "ddim, DDIM"
    })
    void aSamplerIsKnownByTheNamesThatPeopleWrite(String written, SamplerName meant) {
        assertThat(SamplerName.written(written)).isEqualTo(meant);
        assertThat(Json.readStrictly("{\"sampler\": \"%s\"}".formatted(written), SampleRequest.class)
                        .sampler())
                .isEqualTo(meant);
        assertThat(Recipe.defaults("tiny", "woman")
                        .with("samples.sampler", written)
                        .samples()
                        .sampler())
                .isEqualTo(meant);
    }

    @Test
    void ofOneThatIsNotThereTheNearestIsNamed() {
        assertThatThrownBy(() -> SamplerName.written("DPM++ SDE Karras"))
                .hasMessage("there is no sampler 'DPM++ SDE Karras'; the nearest is 'DPM++ 2M Karras', there are DDIM,"
                        + " Euler, Euler a, DPM++ 2M, DPM++ 2M Karras");
        assertThatThrownBy(() -> Json.readStrictly("{\"sampler\": \"oiler\"}", SampleRequest.class))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("there is no sampler 'oiler'; the nearest is 'Euler'");
        assertThatThrownBy(() -> Json.readStrictly("{\"sampler\": 3}", SampleRequest.class))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("sampler");
    }
}
