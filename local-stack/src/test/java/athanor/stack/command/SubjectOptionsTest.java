package athanor.stack.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import athanor.contracts.recipe.Recipe;
import athanor.stack.client.PhotographFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SubjectOptionsTest {

    @TempDir
    Path folder;

    @BeforeEach
    void aPicture() throws IOException {
        Files.write(folder.resolve("one.png"), new byte[] {1});
    }

    private Recipe.Subject subject(String... arguments) {
        return CommandLine.populateCommand(new SubjectOptions(), arguments)
                .recipe("tiny", PhotographFolder.read(folder), folder)
                .subject();
    }

    @Test
    void anExampleSaysWhatItIsOneOf() throws IOException {
        Files.writeString(folder.resolve("example.properties"), "trigger=ohwx\nclass-noun=dog\n");

        assertThat(subject().classNoun()).isEqualTo("dog");
        assertThat(subject().trigger()).isEqualTo("ohwx");
    }

    @Test
    void whatStandsOnTheCommandLineCountsMore() throws IOException {
        Files.writeString(folder.resolve("example.properties"), "trigger=ohwx\nclass-noun=dog\n");

        assertThat(subject("--class-noun", "woman").classNoun()).isEqualTo("woman");
        assertThat(subject("--trigger", "sks").trigger()).isEqualTo("sks");
    }

    @Test
    void whereNothingSaysItItIsAskedFor() {
        assertThatThrownBy(this::subject).hasMessageStartingWith("nothing says what the subject is one of; add");
    }
}
