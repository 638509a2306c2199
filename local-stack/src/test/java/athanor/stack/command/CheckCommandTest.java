package athanor.stack.command;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.stack.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {

    /** As kohya's trainer writes it, without tensors. */
    private static final String HEADER = """
        {"__metadata__": {"modelspec.architecture": "stable-diffusion-v1/lora",
        "ss_bucket_info": "{\\"buckets\\": {\\"0\\": {\\"resolution\\": [512, 768], \\"count\\": 8}}}",
        "ss_tag_frequency": "{\\"10_ohwx woman\\": {\\"ohwx woman\\": 8, \\"in a park\\": 2}}",
        "athanor.framings": "{\\"HALF\\": 7, \\"CLOSE_UP\\": 1}"}}\
        """;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private Path lora;

    @BeforeEach
    void write() throws IOException {
        byte[] header = HEADER.getBytes(StandardCharsets.UTF_8);
        lora = Files.write(
                folder.resolve("anna.safetensors"),
                ByteBuffer.allocate(8 + header.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(header.length)
                        .put(header)
                        .array());
    }

    private int check(String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "check";
        System.arraycopy(options, 0, arguments, 1, options.length);
        try (PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8)) {
            return Athanor.run(new Terminal(out, out, false), arguments);
        }
    }

    private String said() {
        return written.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whatTheFileTellsIsSaid() {
        assertThat(check(lora.toString())).isZero();

        assertThat(said())
                .contains("base      stable-diffusion-v1/lora", "trigger   ohwx woman", "sizes     512x768")
                .contains("framings  half body 7, head and shoulders 1");
    }

    @Test
    void whatItCannotDoIsSaidWithTheReason() {
        assertThat(check(lora.toString(), "--prompt", "a woman, full body", "--size", "832x1216", "--strength", "2"))
                .isEqualTo(1);

        assertThat(said())
                .contains("! size 832x1216: it is 1.6 times the edge of 512x768")
                .contains("none of its 8 pictures showed that")
                .contains("! a prompt without 'ohwx': the LoRA was trained under 'ohwx woman'")
                .contains("! strength 2.0: beyond what proofs measure");
    }

    @Test
    void whatWouldBeDrawnInsteadIsSaid() {
        assertThat(check(
                        lora.toString(), "--prompt", "a woman, full body", "--size", "832x1216", "--guards", "rewrite"))
                .isEqualTo(1);

        assertThat(said())
                .contains("done instead: 'upper body' in the place of 'full body'")
                .contains("prompt    a ohwx woman, upper body")
                .contains("passes    520x760, then 832x1216");
    }

    @Test
    void aBaseOfAnotherKindIsRefused() {
        assertThat(check(lora.toString(), "--family", "SDXL")).isEqualTo(1);

        assertThat(said()).contains("a base of Stable Diffusion XL: the LoRA was trained on Stable Diffusion 1");
    }

    @Test
    void whatItCanDoIsSaidToo() {
        assertThat(check(lora.toString(), "--prompt", "ohwx woman, upper body", "--size", "512x768"))
                .isZero();

        assertThat(said()).endsWith("nothing that the file tells speaks against it\n");
    }

    @Test
    void aFileThatIsNoLoraIsNamed() throws IOException {
        Path picture = Files.write(folder.resolve("anna.png"), new byte[] {1, 2, 3});

        assertThat(check(picture.toString())).isEqualTo(1);

        assertThat(said()).contains("anna.png is no LoRA that can be read");
    }
}
