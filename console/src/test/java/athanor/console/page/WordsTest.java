package athanor.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WordsTest {

    private static final Pattern WORD = Pattern.compile("\\bw\\.([a-z][a-z_0-9]*)\\b(?!\\()");

    @Test
    void everyLanguageHasTheSameWords() {
        assertThat(Words.in(Language.ZH).keySet())
                .containsExactlyInAnyOrderElementsOf(Words.in(Language.EN).keySet());
    }

    @Test
    void everyWordOfATemplateIsThere() throws IOException {
        Set<String> used = new TreeSet<>();
        try (Stream<Path> templates = Files.list(Path.of("src/main/resources/templates"))) {
            for (Path template : templates.toList()) {
                Matcher words = WORD.matcher(Files.readString(template));
                while (words.find()) {
                    used.add(words.group(1));
                }
            }
        }

        assertThat(used).hasSizeGreaterThan(40);
        assertThat(Words.in(Language.EN).keySet()).containsAll(used);
    }
}
