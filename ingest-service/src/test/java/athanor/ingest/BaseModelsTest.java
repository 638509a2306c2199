package athanor.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseModelsTest {

    @TempDir
    Path folder;

    @Test
    void aPathMeansThatEntryOfTheFolders() throws IOException {
        Files.createDirectory(folder.resolve("portrait"));
        Path file = Files.createFile(folder.resolve("portrait.safetensors"));

        assertThat(refusal("portrait")).isEmpty();
        assertThat(refusal(folder + "/portrait")).isEmpty();
        assertThat(refusal(file.toString())).isEmpty();
    }

    @Test
    void aPathThatMeansNoBaseIsRefusedWithTheReason() throws IOException {
        Files.createFile(folder.resolve("old.ckpt"));

        assertThat(refusal(folder + "/old.ckpt").orElseThrow())
                .contains("pickled")
                .contains("convert");
        assertThat(refusal(folder + "/none").orElseThrow()).contains("no base model at");
        assertThat(refusal(folder + "/../none").orElseThrow()).contains("none of the folders");
        assertThat(refusal("/etc/passwd").orElseThrow()).contains("none of the folders");
    }

    private Optional<String> refusal(String name) {
        return new BaseModels(Optional.of(folder.toString())).refuse(name);
    }
}
