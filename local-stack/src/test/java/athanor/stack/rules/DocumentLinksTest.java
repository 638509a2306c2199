package athanor.stack.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the glossary, the READMEs and the decisions point at is there: a class that is moved takes its links along. */
class DocumentLinksTest {

    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");

    @Test
    void everyLinkOfADocumentLeadsToAFile() throws IOException {
        Path root = Path.of("..").toRealPath();
        List<Path> documents = documents(root);
        assertThat(documents).contains(root.resolve("README.md"), root.resolve("docs/glossary.md"));

        List<String> broken = new ArrayList<>();
        for (Path document : documents) {
            Matcher link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                if (!Files.exists(document.resolveSibling(link.group(1)))) {
                    broken.add(root.relativize(document) + " -> " + link.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    /** Of the tree, its modules and {@code docs}. */
    private static List<Path> documents(Path root) throws IOException {
        try (Stream<Path> files =
                Files.find(root, 3, (file, facts) -> file.toString().endsWith(".md"))) {
            return files.toList();
        }
    }
}
