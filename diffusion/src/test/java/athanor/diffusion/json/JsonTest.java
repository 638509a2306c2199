package athanor.diffusion.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
                "-NaN",
                "INF",
                "-INF",
                "+Infinity",
                "+INF",
                "Infinit",
                "/* a comment */ 1",
                "\ufeff1",
                "tru",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\n\"",
                "\"open",
                "1 2",
                "{\"a\":1,\"a\":2}",
                "1e5x",
                "[1x]",
                "{} {}",
                "]"
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

    @Test
    void saysAtWhichCharacterWhatWasWanted() {
        assertThatThrownBy(() -> Json.parse("{\"a\": ]"))
                .hasMessage("found no JSON (Unexpected character (']' (code 93))) at character 6," + " wanted a value");
        assertThatThrownBy(() -> Json.parse("{\"a\": 1,"))
                .hasMessageContaining("at character 8")
                .hasMessageEndingWith("wanted a string or '}'");
        assertThatThrownBy(() -> Json.parse("{} x")).hasMessageEndingWith("wanted the end of the text");
        assertThatThrownBy(() -> Json.parse("[1 2]"))
                .hasMessage(
                        "found no JSON (Unexpected character ('2' (code 50)): was expecting comma to separate Array entries)"
                                + " at character 3, wanted a value or ']'");
        assertThatThrownBy(() -> Json.parse("")).hasMessage("found the end at character 0, wanted a value");
    }

    @Test
    void keepsTheOrderOfKeysAndEveryDigitOfWholeNumbers() throws Exception {
        assertThat(Json.parse("{\"z\": 9223372036854775807, \"a\": -9223372036854775808, \"m\": 0.1}"))
                .hasToString("{z=9223372036854775807, a=-9223372036854775808, m=0.1}");
        assertThatThrownBy(() -> Json.parse("[9223372036854775808]"))
                .hasMessage("found a whole number of 19 digits, which is beyond 64 bits, at character 1");
    }

    @Test
    void readsTheInfinityThatPythonWrites() throws Exception {
        assertThat(Json.parse("[Infinity, -Infinity]"))
                .isEqualTo(List.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
    }

    @Test
    void sixtyFourLevelsAreReadAndOneMoreIsRefused() throws Exception {
        assertThat(Json.parse("[".repeat(64) + "]".repeat(64))).isInstanceOf(List.class);
        assertThatThrownBy(() -> Json.parse("[".repeat(65) + "]".repeat(65)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("found more than 64 nested levels");
    }

    /** A thumbnail in a LoRA's metadata takes megabytes; a number of a thousand digits is no number. */
    @Test
    void textsMayBeLongAndNumbersNot() throws Exception {
        String text = "x".repeat(30_000_000);
        assertThat(Json.parse('"' + text + '"')).isEqualTo(text);
        assertThatThrownBy(() -> Json.parse("0." + "1".repeat(2_000)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("found more than is read");
    }

    @Test
    void moreThanFourMillionValuesAreRefused() {
        assertThatThrownBy(() -> Json.parse("[" + "1,".repeat(4_000_000) + "1]"))
                .hasMessage("found more than 4000000 values");
    }

    /** Texts whose {@code hashCode} is the same do not make reading slow. */
    @Test
    void keysThatCollideAreReadToo() throws Exception {
        List<String> keys = List.of("");
        for (int i = 0; i < 14; i++) {
            keys = keys.stream()
                    .flatMap(key -> Stream.of(key + "Aa", key + "BB"))
                    .toList();
        }
        String json = keys.stream().map(key -> '"' + key + "\":1").collect(Collectors.joining(",", "{", "}"));
        assertThat((Map<?, ?>) Json.parse(json)).hasSize(1 << 14);
    }
}
