package athanor.sample.guard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which words of a prompt ask for which framing; the vocabulary is {@code framing-words.txt} beside this class. */
public final class FramingWords {

    /** Words of one language run together in Chinese, so those are found anywhere; others only as whole words. */
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    private static final List<Entry> VOCABULARY = read();

    private FramingWords() {}

    /**
     * The framings that a positive prompt asks for, each with the word that asks.
     *
     * @param prompt as typed, weights and underscores included
     */
    public static Map<Framing, String> askedFor(String prompt) {
        String words = PromptText.plain(prompt);
        Map<Framing, String> asked = new EnumMap<>(Framing.class);
        for (Entry entry : VOCABULARY) {
            Matcher found = entry.pattern.matcher(words);
            if (!found.find()) {
                continue;
            }
            if (entry.framing != null) {
                asked.putIfAbsent(entry.framing, entry.word);
            }
            // A longer phrase is looked for first and taken out: "lower body" is not "body", "from behind the full
            // moon" is no full figure.
            words = found.replaceAll(" ");
        }
        return asked;
    }

    private record Entry(@Nullable Framing framing, String word, Pattern pattern) {}

    private static List<Entry> read() {
        InputStream list = FramingWords.class.getResourceAsStream("framing-words.txt");
        if (list == null) {
            throw new IllegalStateException("the vocabulary framing-words.txt is missing from this build");
        }
        List<Entry> entries = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
            for (String line : lines.lines().toList()) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                int colon = line.indexOf(':');
                String name = line.substring(0, colon).strip();
                Framing framing = name.equals("NONE") ? null : Framing.valueOf(name);
                for (String word : line.substring(colon + 1).split(",")) {
                    entries.add(new Entry(framing, word.strip(), pattern(word.strip())));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        entries.sort(
                Comparator.comparingInt((Entry entry) -> entry.word.length()).reversed());
        return List.copyOf(entries);
    }

    private static Pattern pattern(String word) {
        String literal = Pattern.quote(word);
        return Pattern.compile(
                HAN.matcher(word).find() ? literal : "(?<![\\p{L}\\p{N}])" + literal + "(?![\\p{L}\\p{N}])");
    }
}
