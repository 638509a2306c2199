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
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Words that mean a framing, from a file beside this class: a framing, a colon, and its words, divided by commas. Those with a
 * question mark may be meant otherwise.
 */
final class Vocabulary {

    /** Words of one language run together in Chinese, so those are found anywhere; others only as whole words. */
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    private final List<Entry> entries;

    private Vocabulary(List<Entry> entries) {
        this.entries = entries;
    }

    private record Entry(@Nullable Framing framing, String word, boolean isCertain, Pattern pattern) {}

    /**
     * A word that was met.
     *
     * @param start in the plain text
     * @param end in it, exclusive
     */
    record Found(Framing framing, String word, boolean isCertain, int start, int end) {}

    /** Longer phrases first, each at its first place. */
    List<Found> in(PlainPrompt prompt) {
        StringBuilder words = new StringBuilder(prompt.text());
        List<Found> found = new ArrayList<>();
        for (Entry entry : entries) {
            Matcher word = entry.pattern.matcher(words);
            boolean first = true;
            while (word.find()) {
                if (entry.framing != null && first) {
                    found.add(new Found(entry.framing, entry.word, entry.isCertain, word.start(), word.end()));
                }
                first = false;
                // What was met is taken out: "lower body" is not "body", "from behind the full moon" is no full figure.
                for (int i = word.start(); i < word.end(); i++) {
                    words.setCharAt(i, ' ');
                }
            }
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
                    boolean certain = !word.strip().endsWith("?");
                    String plain = certain ? word.strip() : word.strip().replaceAll("\\?$", "");
                    entries.add(new Entry(framing, plain, certain, pattern(plain)));
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
