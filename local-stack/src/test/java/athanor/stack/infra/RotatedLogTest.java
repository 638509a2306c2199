package athanor.stack.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatedLogTest {

    @TempDir
    Path folder;

    @Test
    void theLogsOfTheLastFiveStartsAreKept() throws IOException {
        Path log = folder.resolve("train-service.log");
        for (int start = 1; start <= 8; start++) {
            RotatedLog.makeRoomFor(log);
            Files.writeString(log, "start " + start);
        }

        assertThat(log).hasContent("start 8");
        assertThat(folder.resolve("train-service.1.log")).hasContent("start 7");
        assertThat(folder.resolve("train-service.5.log")).hasContent("start 3");
        assertThat(folder).isDirectoryNotContaining("glob:**6.log");
    }

    @Test
    void aFirstStartHasNothingToMove() throws IOException {
        assertThat(RotatedLog.makeRoomFor(folder.resolve("x.log"))).doesNotExist();
    }
}
