package athanor.console.page;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;

/** The words of the pages, by language: {@code words/en.properties} and {@code words/zh.properties}. */
final class Words {

    private static final Map<Language, Map<String, String>> ALL = all();

    private Words() {}

    static Map<String, String> in(Language language) {
        return Objects.requireNonNull(ALL.get(language));
    }

    private static Map<Language, Map<String, String>> all() {
        Map<Language, Map<String, String>> all = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            all.put(language, read("/words/%s.properties".formatted(language.code())));
        }
        return all;
    }

    private static Map<String, String> read(String resource) {
        Properties entries = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(Words.class.getResourceAsStream(resource), resource), StandardCharsets.UTF_8)) {
            entries.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> words = new TreeMap<>();
        entries.stringPropertyNames().forEach(name -> words.put(name, entries.getProperty(name)));
        return Map.copyOf(words);
    }
}
