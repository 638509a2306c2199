package athanor.contracts.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that are made from the records and kept in the repository, so that a change of a contract is seen in review.
 * {@code mvn -pl contracts test -Dcontracts.regenerate=true} writes them again.
 */
public final class PublishedFiles {

    public static final Path GOLDEN = Path.of("src/test/resources/golden");
    static final Path SCHEMAS = Path.of("src/main/resources/athanor/schemas");

    private PublishedFiles() {}

    public static void assertUpToDate(Path file, String content) throws IOException {
        if (Boolean.getBoolean("contracts.regenerate")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        }
        assertThat(file)
                .as("what the records say now; if the change is meant and older readers can live with it,"
                        + " regenerate with -Dcontracts.regenerate=true")
                .exists()
                .hasContent(content);
    }
}
