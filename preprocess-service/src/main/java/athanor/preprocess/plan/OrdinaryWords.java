package athanor.preprocess.plan;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Words that a text encoder knows well and that therefore make bad triggers: a short list, not a dictionary. */
final class OrdinaryWords {

    private static final Set<String> WORDS = read();

    private OrdinaryWords() {}

    /** Also true of the class noun itself, whatever it is. */
    static boolean contain(String trigger, String classNoun) {
        String word = trigger.strip().toLowerCase(Locale.ROOT);
        return word.equals(classNoun.strip().toLowerCase(Locale.ROOT)) || WORDS.contains(word);
    }

    private static Set<String> read() {
        InputStream list = OrdinaryWords.class.getResourceAsStream("ordinary-words.txt");
        if (list == null) {
            throw new IllegalStateException("the list ordinary-words.txt is missing from this build");
        }
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Arrays.stream(line.split("\\s+")))
                    .filter(word -> !word.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
