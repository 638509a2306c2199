package athanor.tinybase.world;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the tokenizer of the tiny base: byte-pair encoding in CLIP's file format, trained on the words of the world until
 * each of them is one token. The alphabet is CLIP's whole one (every byte, alone and at a word's end), so any text has tokens.
 */
public final class WorldTokenizer {

    /** Tokens of a prompt with start and end token; CLIP's 77 would waste the small network's time. */
    public static final int LENGTH = 28;

    /** Triggers: one token each, in no caption. */
    public static final List<String> RARE = List.of("sks", "ohwx", "zwx", "xyz");

    private static final String START = "<|startoftext|>";
    private static final String END = "<|endoftext|>";
    private static final String OF_CAPTIONS = """
            a photo of woman man person with black brown blonde red grey hair wearing glasses hat and shirt blue green \
            yellow white trousers close - up half full body , in the park room at beach on street""";
    private static final String OF_SUBJECTS = """
            head face portrait skin purple spiky star mohawk visor pink two cyan buns mask indigo lime flame orange moon \
            picture standing waving view close girl boy smiling""";

    private final Map<String, Integer> vocabulary = new LinkedHashMap<>();
    private final List<String> merges = new ArrayList<>();

    public WorldTokenizer() {
        alphabet();
        merge(words());
        vocabulary.put(START, vocabulary.size());
        vocabulary.put(END, vocabulary.size());
    }

    /** @return every word that is one token: those of captions, those of subjects, the rare ones */
    public static Set<String> words() {
        Set<String> words = new LinkedHashSet<>(List.of(OF_CAPTIONS.split(" ")));
        words.addAll(List.of(OF_SUBJECTS.split(" ")));
        words.addAll(RARE);
        return words;
    }

    /** @return tokens the text encoder has to know */
    public int vocabularySize() {
        return vocabulary.size();
    }

    public int startToken() {
        return vocabulary.size() - 2;
    }

    /** @return end of text, and also the padding, as in Stable Diffusion 1.x */
    public int endToken() {
        return vocabulary.size() - 1;
    }

    /** Writes vocab.json, merges.txt, tokenizer_config.json and special_tokens_map.json. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        StringBuilder vocab = new StringBuilder("{");
        vocabulary.forEach((token, id) -> vocab.append(id == 0 ? "" : ", ")
                .append(quoted(token))
                .append(": ")
                .append(id));
        put(folder, "vocab.json", vocab.append("}\n").toString());
        put(folder, "merges.txt", "#version: 0.2\n" + String.join("\n", merges) + "\n");
        put(folder, "tokenizer_config.json", """
                {
                  "add_prefix_space": false,
                  "bos_token": "%1$s",
                  "do_lower_case": true,
                  "eos_token": "%2$s",
                  "errors": "replace",
                  "model_max_length": %3$d,
                  "pad_token": "%2$s",
                  "tokenizer_class": "CLIPTokenizer",
                  "unk_token": "%2$s"
                }
                """.formatted(START, END, LENGTH));
        put(folder, "special_tokens_map.json", """
                {
                  "bos_token": "%1$s",
                  "eos_token": "%2$s",
                  "pad_token": "%2$s",
                  "unk_token": "%2$s"
                }
                """.formatted(START, END));
    }

    /** CLIP's order: printable Latin-1 first, then the other bytes moved to U+0100 and up; then all again at a word's end. */
    private void alphabet() {
        List<String> symbols = new ArrayList<>();
        for (int b = 0; b < 256; b++) {
            if (isPrintable(b)) {
                symbols.add(String.valueOf((char) b));
            }
        }
        for (int b = 0, moved = 256; b < 256; b++) {
            if (!isPrintable(b)) {
                symbols.add(String.valueOf((char) moved++));
            }
        }
        symbols.forEach(symbol -> vocabulary.put(symbol, vocabulary.size()));
        symbols.forEach(symbol -> vocabulary.put(symbol + "</w>", vocabulary.size()));
    }

    private static boolean isPrintable(int b) {
        return b >= '!' && b <= '~' || b >= 0xa1 && b <= 0xac || b >= 0xae;
    }

    /** Merges the commonest pair until no word has two pieces left; the first of equals wins. */
    private void merge(Set<String> words) {
        List<List<String>> pieces = new ArrayList<>();
        words.forEach(word -> pieces.add(letters(word)));
        for (String pair = commonest(pieces); !pair.isEmpty(); pair = commonest(pieces)) {
            merges.add(pair);
            vocabulary.putIfAbsent(pair.replace(" ", ""), vocabulary.size());
            for (List<String> word : pieces) {
                join(word, pair);
            }
        }
    }

    private static List<String> letters(String word) {
        List<String> letters = new ArrayList<>(List.of(word.split("")));
        letters.set(letters.size() - 1, letters.get(letters.size() - 1) + "</w>");
        return letters;
    }

    private static String commonest(List<List<String>> pieces) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (List<String> word : pieces) {
            for (int i = 0; i + 1 < word.size(); i++) {
                counts.merge(word.get(i) + " " + word.get(i + 1), 1, Integer::sum);
            }
        }
        String commonest = "";
        int most = 0;
        for (Map.Entry<String, Integer> entry : counts.entrySet()) {
            if (entry.getValue() > most) {
                commonest = entry.getKey();
                most = entry.getValue();
            }
        }
        return commonest;
    }

    private static void join(List<String> word, String pair) {
        for (int i = 0; i + 1 < word.size(); i++) {
            if (pair.equals(word.get(i) + " " + word.get(i + 1))) {
                word.set(i, word.get(i) + word.remove(i + 1));
            }
        }
    }

    private static String quoted(String token) {
        return '"' + token.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static void put(Path folder, String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    }
}
