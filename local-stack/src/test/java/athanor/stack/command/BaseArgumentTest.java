package athanor.stack.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseArgumentTest {

    @TempDir
    Path folder;

    @Test
    void aNameStaysAName() {
        assertThat(BaseArgument.of("tiny")).isEqualTo(new BaseArgument("tiny", List.of()));
    }

    @Test
    void aPathMeansThatFileAlthoughAFolderHasItsName() throws IOException {
        Files.createDirectory(folder.resolve("portrait"));
        Path file = Files.createFile(folder.resolve("portrait.safetensors"));

        assertThat(BaseArgument.of(file.toString())).isEqualTo(new BaseArgument(file.toString(), List.of(folder)));
        assertThat(BaseArgument.of(folder + "/./portrait/"))
                .isEqualTo(new BaseArgument(folder + "/portrait", List.of(folder)));
    }

    @Test
    void whatIsNotThereOrCannotBeOpenedIsSaidAtOnce() throws IOException {
        Path pickled = Files.createFile(folder.resolve("old.ckpt"));

        assertThatThrownBy(() -> BaseArgument.of(folder + "/tiny")).hasMessageStartingWith("there is no base model at");
        assertThatThrownBy(() -> BaseArgument.of("nowhere.safetensors")).hasMessageStartingWith("there is no base");
        assertThatThrownBy(() -> BaseArgument.of(pickled.toString()))
                .hasMessageContaining("convert it to .safetensors");
    }
}
