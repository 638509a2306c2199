package athanor.stack.command;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.stack.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each gets one line and exit code 1, and starts nothing. */
class WrongInputTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @BeforeEach
    void aPicture() throws IOException {
        Files.createDirectories(folder.resolve("photographs"));
        Files.createDirectories(folder.resolve("empty"));
        Files.write(folder.resolve("photographs/one.png"), new byte[] {1});
    }

    @Test
    void aFolderWithoutPictures() {
        assertThat(said("train", folder + "/empty", "--class-noun", "woman"))
                .isEqualTo("athanor: %s/empty holds no pictures; put JPEG, PNG, WebP, TIFF, BMP or GIF files there"
                        .formatted(folder));
    }

    @Test
    void aFolderThatIsNotThere() {
        assertThat(said("train", folder + "/nowhere", "--class-noun", "woman"))
                .isEqualTo("athanor: %s/nowhere is no folder; name the folder that holds the photographs"
                        .formatted(folder));
    }

    @Test
    void aBaseModelThatIsNotThere() {
        assertThat(said("train", folder + "/photographs", "--class-noun", "woman", "--base", folder + "/sd15"))
                .isEqualTo("athanor: there is no base model at %s/sd15; name a diffusers folder or a .safetensors file"
                        .formatted(folder));
    }

    @Test
    void aFolderOnWhichNoStackRuns() {
        assertThat(said("runs", "--data", folder + "/nowhere"))
                .isEqualTo("athanor: no stack runs on %s/nowhere; start one with ./athanor up --data %s/nowhere"
                        .formatted(folder, folder));
    }

    @Test
    void aPortOffsetThatNoStackHas() {
        assertThat(said("runs", "--port-offset", "56000"))
                .isEqualTo("athanor: nothing answers at http://127.0.0.1:64081; start the stack with ./athanor up");
    }

    @Test
    void aKeyThatNoRecipeHas() {
        assertThat(said("train", folder + "/photographs", "--class-noun", "woman", "--set", "training.stepz=3"))
                .startsWith("athanor: ")
                .contains("stepz");
    }

    @Test
    void aValueThatDoesNotFit() {
        assertThat(said("train", folder + "/photographs", "--class-noun", "woman", "--set", "training.steps=many"))
                .startsWith("athanor: training.steps must be a whole number up to 2147483647, got 'many'");
    }

    @Test
    void aServerThatDoesNotAnswer() {
        assertThat(said("run", "some-run", "--server", "http://127.0.0.1:1"))
                .isEqualTo("athanor: nothing answers at http://127.0.0.1:1; start the stack with ./athanor up");
    }

    @Test
    void aServerThatIsNoAddress() {
        assertThat(saidOfTraining("--server", "here"))
                .isEqualTo("athanor: --server 'here' is no address; write it as http://HOST:PORT, for example"
                        + " http://127.0.0.1:8081");
    }

    @Test
    void aSampleServiceElsewhereAndTheRestHere() {
        assertThat(saidOfTraining("--samples", "http://127.0.0.1:8084"))
                .isEqualTo("athanor: --samples names a sample service and --server no ingest service; name both");
    }

    @Test
    void aBaseModelOfThisMachineForASuiteElsewhere() throws IOException {
        Path base = Files.write(folder.resolve("sd15.safetensors"), new byte[] {1});

        assertThat(saidOfTraining("--server", "http://127.0.0.1:1", "--base", base.toString()))
                .startsWith("athanor: a suite elsewhere cannot read base models in " + folder);
    }

    @Test
    void memoryThatNoCardHas() {
        assertThat(said("plan", folder + "/photographs", "--family", "SD1", "--memory", "much"))
                .startsWith("athanor: 'much' is no memory; name a class (cpu, g8, g12,");
    }

    @Test
    void aFamilyThatWasNotCounted() {
        assertThat(said("plan", folder + "/photographs", "--family", "SD9", "--memory", "8GiB"))
                .startsWith("athanor: 'SD9' is no family; name one of [SD1, SD2, SDXL, TINY]");
    }

    @Test
    void aBaseByNameThatIsNotThere() {
        assertThat(said("plan", folder + "/photographs", "--base", "nowhere", "--memory", "8GiB"))
                .isEqualTo("athanor: no folder of base models holds 'nowhere'; name its path, or --family SD1, SD2 or"
                        + " SDXL");
    }

    @Test
    void anEventThatIsNoJson() throws IOException {
        Path file = Files.writeString(folder.resolve("event.json"), "{ run");

        assertThat(said("produce", file.toString())).startsWith("athanor: RunRequested cannot be read");
    }

    @Test
    void wordsThatAreNotUtf8() {
        assertThat(said("sample", "gr\ufffdn")).startsWith("athanor: 'gr\ufffdn' is not UTF-8 text");
    }

    @Test
    void aCommandThatDoesNotExist() {
        assertThat(said("trian")).contains("./athanor --help shows what is possible");
    }

    private String saidOfTraining(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("train", folder + "/photographs", "--class-noun", "woman", "--out", folder + "/out"));
        arguments.addAll(List.of(more));
        return said(arguments.toArray(String[]::new));
    }

    private String said(String... arguments) {
        int exitCode = Athanor.run(new Terminal(out, out, false), arguments);

        assertThat(exitCode).isEqualTo(1);
        String text = written.toString(StandardCharsets.UTF_8).strip();
        assertThat(text.lines()).hasSize(1);
        return text;
    }
}
