package athanor.guards;

import athanor.contracts.picture.Framing;
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

/** Words that mean a framing, from a file beside this class: a framing, a colon, and its words, divided by commas. */
final class Vocabulary {

    /** Words of one language run together in Chinese, so those are found anywhere; others only as whole words. */
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    private final List<Entry> entries;

    private Vocabulary(List<Entry> entries) {
        this.entries = entries;
    }

    private record Entry(@Nullable Framing framing, String word, Pattern pattern) {}

    /** @param text as typed, weights and underscores included; each framing comes with the first word that means it */
    Map<Framing, String> in(String text) {
        String words = PromptText.plain(text);
        Map<Framing, String> found = new EnumMap<>(Framing.class);
        for (Entry entry : entries) {
            Matcher word = entry.pattern.matcher(words);
            if (!word.find()) {
                continue;
            }
            if (entry.framing != null) {
                found.putIfAbsent(entry.framing, entry.word);
            }
            // A longer phrase is looked for first and taken out: "lower body" is not "body", "from behind the full
            // moon" is no full figure.
            words = word.replaceAll(" ");
        }
        return found;
    }

    static Vocabulary read(String file) {
        InputStream list = Vocabulary.class.getResourceAsStream(file);
        if (list == null) {
            throw new IllegalStateException("the vocabulary %s is missing from this build".formatted(file));
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
        return new Vocabulary(List.copyOf(entries));
    }

    private static Pattern pattern(String word) {
        String literal = Pattern.quote(word);
        return Pattern.compile(
                HAN.matcher(word).find() ? literal : "(?<![\\p{L}\\p{N}])" + literal + "(?![\\p{L}\\p{N}])");
    }
}
