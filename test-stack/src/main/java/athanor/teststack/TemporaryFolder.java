package athanor.teststack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where embedded servers keep their files. */
final class TemporaryFolder {

    private TemporaryFolder() {}

    static Path create() {
        try {
            return Files.createTempDirectory("athanor-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server may still be closing a file of its own: what cannot be deleted now stays behind. */
    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                boolean gone = file.toFile().delete();
                if (!gone) {
                    file.toFile().deleteOnExit();
                }
            });
        } catch (IOException | UncheckedIOException e) {
            folder.toFile().deleteOnExit();
        }
    }
}
