package athanor.stack.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher does after a build, so that every start after it is quicker. */
class ClassArchivesIT {

    @Test
    void everyProgramLeavesItsClassesForQuickStarts(@TempDir Path folder) throws Exception {
        Path archives =
                Path.of("../target/class-archives/java-" + Runtime.version().feature());

        try (Launched archive = Launched.athanor(folder, "archive-classes")) {
            assertThat(archive.exitCode(StackUnderTest.START))
                    .as(archive.output())
                    .isZero();
        }

        assertThat(archives)
                .isDirectoryContaining("glob:**/local-stack.jsa")
                .isDirectoryContaining("glob:**/ingest-service.jsa")
                .isDirectoryContaining("glob:**/preprocess-service.jsa")
                .isDirectoryContaining("glob:**/train-service.jsa")
                .isDirectoryContaining("glob:**/sample-service.jsa");
    }
}
