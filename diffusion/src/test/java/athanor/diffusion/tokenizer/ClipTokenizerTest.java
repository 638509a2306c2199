package athanor.diffusion.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import athanor.diffusion.BaseModelException;
import athanor.diffusion.json.Json;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against ids of the reference; {@code src/test/python/make_tokenizer_goldens.py} made them. */
class ClipTokenizerTest {

    private static final List<String> WORDS = List.of(
            "a",
            "photo",
            "of",
            "woman",
            "man",
            "IT'S",
            "don't",
            "Café",
            "sks,",
            "(full",
            "body:1.3)",
            "女人",
            "🙂",
            "<|endoftext|>",
            "ΣΟΣ",
            "1girl");
    private static final int[][] RANGES = {
        {0x20, 0x7F},
        {0x20, 0x7F},
        {0x00, 0x250},
        {0x300, 0x600},
        {0x1F00, 0x2100},
        {0x2000, 0x2800},
        {0x3000, 0x3100},
        {0x4E00, 0xA000},
        {0xAC00, 0xD7A4},
        {0xA640, 0xAC00},
        {0xF900, 0x10000},
        {0x1F300, 0x1FB00},
        {0x600, 0x1F00},
        {0x0, 0xD800},
        {0x10000, 0x18000},
        {0x18000, 0x110000}
    };

    @TempDir
    Path folder;

    @Test
    void saysWhichWordsAreBehindTheEnd() {
        try (ClipTokenizer tokenizer = ClipTokenizer.builtIn(ClipTokenizer.END, 77)) {
            String seventyFive = "a ".repeat(75).strip();
            assertThat(tokenizer.unread(seventyFive)).isEmpty();
            assertThat(tokenizer.unread(seventyFive + " sks woman")).isEqualTo("sks woman");
            assertThat(tokenizer.unread("a ".repeat(74) + "incomprehensibilities, sks"))
                    .as("a word of several tokens that fits in part")
                    .isEqualTo("incomprehensibilities, sks");
        }
    }

    @Test
    void saysItOfTextWithoutSpacesToo() {
        try (ClipTokenizer tokenizer = ClipTokenizer.builtIn(ClipTokenizer.END, 77)) {
            String text = "一位女子".repeat(100);

            String unread = tokenizer.unread(text);

            String read = text.substring(0, text.length() - unread.length());
            assertThat(tokenizer.tokenCount(read)).isBetween(70, 75);
            assertThat(tokenizer.unread("\ud83d\ude00".repeat(200))).startsWith("\ud83d\ude00");
        }
    }

    @Test
    void chosenTextsGetTheReferencesIds() throws Exception {
        try (ClipTokenizer clip = ClipTokenizer.builtIn(ClipTokenizer.END, 77);
                ClipTokenizer openClip = ClipTokenizer.builtIn("!", 77)) {
            for (Object each : (List<?>) golden().get("chosen")) {
                Map<?, ?> chosen = (Map<?, ?>) each;
                String text = (String) chosen.get("text");
                assertThat(boxed(clip.tokens(text))).as(text).isEqualTo(chosen.get("end"));
                assertThat(boxed(openClip.tokens(text))).as(text).isEqualTo(chosen.get("exclamation"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"end, <|endoftext|>", "exclamation, !"})
    void tenThousandRandomTextsGetTheReferencesIds(String name, String padToken) throws Exception {
        List<?> hashes = (List<?>) ((Map<?, ?>) golden().get("hashes")).get(name);
        JavaRandom random = new JavaRandom((Long) golden().get("seed"));
        List<Integer> differing = new ArrayList<>();
        try (ClipTokenizer tokenizer = ClipTokenizer.builtIn(padToken, 77)) {
            for (int block = 0; block < hashes.size(); block++) {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                for (int i = 0; i < 100; i++) {
                    String ids = Arrays.stream(tokenizer.ids(randomText(random)))
                            .mapToObj(Long::toString)
                            .collect(Collectors.joining(" "));
                    digest.update((ids + "\n").getBytes(StandardCharsets.US_ASCII));
                }
                if (!HexFormat.of().formatHex(digest.digest()).startsWith((String) hashes.get(block))) {
                    differing.add(block);
                }
            }
        }
        assertThat(differing).isEmpty();
    }

    @Test
    void framesPadsAndCuts() {
        try (ClipTokenizer tokenizer = ClipTokenizer.builtIn("!", 6)) {
            assertThat(tokenizer.ids("a photo")).containsExactly(49406, 320, 1125, 49407, 0, 0);
            assertThat(tokenizer.ids("a photo a photo a photo")).containsExactly(49406, 320, 1125, 320, 1125, 49407);
            assertThat(tokenizer.tokenCount("a photo a photo a photo")).isEqualTo(6);
            assertThat(tokenizer.ids("")).containsExactly(49406, 49407, 0, 0, 0, 0);
        }
    }

    @Test
    void aSmallVocabularyKnowsUnknownPiecesAsSuch() throws Exception {
        Files.writeString(
                folder.resolve("vocab.json"),
                "{\"a\":0,\"b\":1,\"a</w>\":2,\"b</w>\":3,\"ab</w>\":4,\"<|startoftext|>\":5,\"<|endoftext|>\":6}");
        Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\na b</w>\n");
        try (ClipTokenizer tokenizer = ClipTokenizer.open(folder, 8)) {
            assertThat(tokenizer.ids("ab ba z")).containsExactly(5, 4, 1, 2, 6, 6, 6, 6);
        }
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                "{\"model_max_length\": 5, \"pad_token\": {\"content\": \"a\"}}");
        try (ClipTokenizer tokenizer = ClipTokenizer.open(folder, 8)) {
            assertThat(tokenizer.ids("b")).containsExactly(5, 3, 6, 0, 0);
        }
    }

    @Test
    void anUnusableVocabularyIsNamed() throws Exception {
        assertThatThrownBy(() -> ClipTokenizer.open(folder, 8))
                .isInstanceOf(BaseModelException.class)
                .hasMessageContaining("vocab.json and merges.txt");
        Files.writeString(folder.resolve("vocab.json"), "{\"a\":0}");
        Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\na b</w>\n");
        assertThatThrownBy(() -> ClipTokenizer.open(folder, 8))
                .isInstanceOf(BaseModelException.class)
                .hasMessageContaining(folder.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "9223372036854775807", "2147483647", "0.5", "\"7\"", "null"})
    void anIdThatNoEncoderCountsToIsNamed(String id) throws Exception {
        Path vocabulary = folder.resolve("vocab.json");
        Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\na b</w>\n");
        Files.writeString(vocabulary, "{\"a\":" + id + "}");
        assertThatThrownBy(() -> ClipTokenizer.open(folder, 8))
                .isInstanceOf(BaseModelException.class)
                .hasMessageContaining(vocabulary + ": found ")
                .hasMessageContaining("as the id of the token \"a\", wanted a whole number from 0 up");
        Files.writeString(vocabulary, "{\"a\":0}");
        Path added = folder.resolve("added_tokens.json");
        Files.writeString(added, "{\"<sks>\":" + id + "}");
        assertThatThrownBy(() -> ClipTokenizer.open(folder, 8))
                .isInstanceOf(BaseModelException.class)
                .hasMessageContaining(added + ": found ")
                .hasMessageContaining("as the id of the token \"<sks>\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-3", "9223372036854775808"})
    void anAddedTokensIdIsANumberToo(String id) throws Exception {
        Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\na b</w>\n");
        Files.writeString(folder.resolve("vocab.json"), "{\"a\":0}");
        Path config = folder.resolve("tokenizer_config.json");
        Files.writeString(config, "{\"added_tokens_decoder\": {\"" + id + "\": {\"content\": \"<sks>\"}}}");
        assertThatThrownBy(() -> ClipTokenizer.open(folder, 8))
                .isInstanceOf(BaseModelException.class)
                .hasMessageContaining(config + ": found ")
                .hasMessageContaining("as the id of the token \"<sks>\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vocab.json", "merges.txt"})
    void whatIsNoRegularFileIsNotReadAsAVocabulary(String name) throws Exception {
        Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\na b</w>\n");
        Files.writeString(folder.resolve("vocab.json"), "{\"a\":0}");
        Files.delete(folder.resolve(name));
        Files.createDirectory(folder.resolve(name));
        assertThatThrownBy(() -> ClipTokenizer.open(folder, 8))
                .isInstanceOf(BaseModelException.class)
                .hasMessageContaining(folder.resolve(name) + ": found no regular file");
    }

    private static List<Long> boxed(long[] ids) {
        return Arrays.stream(ids).boxed().toList();
    }

    private static Map<String, Object> golden() throws Exception {
        try (InputStream file = ClipTokenizerTest.class.getResourceAsStream("/tokenizer/clip.json")) {
            return Json.parseObject(file.readAllBytes());
        }
    }

    private static String randomText(JavaRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.below(30); i > 0; i--) {
            int choice = random.below(5);
            if (choice == 0) {
                text.append(WORDS.get(random.below(WORDS.size())));
            } else if (choice == 1) {
                text.append(' ');
            } else {
                int[] range = RANGES[random.below(RANGES.length)];
                int code = range[0] + random.below(range[1] - range[0]);
                text.appendCodePoint(code < 0xD800 || code >= 0xE000 ? code : '\'');
            }
        }
        return text.toString();
    }

    /** {@link java.util.Random}'s generator, taken modulo, as the script has it too. */
    private static final class JavaRandom extends java.util.Random {
        JavaRandom(long seed) {
            super(seed);
        }

        int below(int bound) {
            return next(31) % bound;
        }
    }
}
