package athanor.diffusion.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void readsEveryKindOfValue() throws Exception {
        Object value = Json.parse(
                " {\"a\": [1, -2.5e1, true, false, null], \"b\\u00e9\\n\\/\": {\"c\": \"\\ud83d\\ude42\"}} ");
        assertThat(value)
                .isEqualTo(Map.of("a", Arrays.asList(1L, -25.0, true, false, null), "bé\n/", Map.of("c", "🙂")));
        assertThat(Json.parse("[]")).isEqualTo(List.of());
    }

    @Test
    void whatWasQuotedIsReadBack() throws Exception {
        String text = "\"\\\n\r\t\b\f\u0000 é 中 🙂 \ud800";
        assertThat(Json.parse(JsonText.quote(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":1 \"b\":2}",
                "{a:1}",
                "[1,]",
                "[1",
                "01",
                "-",
                "1.",
                "1e",
                "+1",
                ".5",
                "NaN",
                "tru",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\n\"",
                "\"open",
                "1 2",
                "{\"a\":1,\"a\":2}",
                "1e5x"
            })
    void refusesWhatIsNotJson(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(JsonException.class);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        assertThatThrownBy(() -> Json.parseObject("{\"ü\":1}".getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("UTF-8");
    }
}
