package athanor.tools.reference;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.diffusion.safetensors.Dtype;
import athanor.diffusion.safetensors.FloatTensor;
import athanor.diffusion.safetensors.SafetensorsFile;
import athanor.diffusion.safetensors.SafetensorsWriter;
import athanor.tools.DiffusionTools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command says when it cannot compute: one line, exit code 1, no output file. */
class ReferenceCommandTest {

    private static final String BASE = "../diffusion/src/test/resources/parity/sd1";

    @TempDir
    Path folder;

    @Test
    void anUnknownOptionIsNamed() throws IOException {
        assertThat(refusal("--bases", BASE)).isEqualTo("athanor reference: unknown option '--bases'; try --help\n");
    }

    @Test
    void aMissingOptionIsNamed() throws IOException {
        assertThat(refusal("--base", BASE)).isEqualTo("athanor reference: --inputs is missing; try --help\n");
    }

    @Test
    void anInputFileThatIsNotThereIsNamed() throws IOException {
        assertThat(refusalOf(folder.resolve("nowhere.safetensors")))
                .contains("nowhere.safetensors", "no such file")
                .hasLineCount(1);
    }

    @Test
    void aTensorThatThisBaseDoesNotTakeIsNamed() throws IOException {
        Path inputs = file(new SafetensorsWriter()
                .add("vae.latent", new long[] {1, 4, 2, 2}, new float[16], Dtype.F32)
                .add("unet.time_ids", new long[] {1, 6}, new float[6], Dtype.F32));

        assertThat(refusalOf(inputs)).contains("unet.sample\" is missing").hasLineCount(1);
    }

    @Test
    void aWrongShapeIsNamedWithWhatWasWanted() throws IOException {
        Path inputs =
                file(new SafetensorsWriter().add("vae.latent", new long[] {1, 3, 2, 2}, new float[12], Dtype.F32));

        assertThat(refusalOf(inputs)).contains("\"vae.latent\": found shape [1, 3, 2, 2], wanted [B, 4, h, w]");
    }

    @Test
    void anAdapterKeyThatMeansNoLayerIsNamed() throws IOException {
        long[] latents = {1, 1, 4, 8, 8};
        Path inputs = file(new SafetensorsWriter()
                .metadata("rank", "2")
                .metadata("alpha", "2")
                .add("train.latents", latents, new float[256], Dtype.F32)
                .add("train.noise", latents, new float[256], Dtype.F32)
                .addLongs("train.timesteps", new long[] {1, 1}, new long[] {3})
                .addLongs("train.input_ids", new long[] {1, 1, 16}, new long[16])
                .addLongs("train.is_class", new long[] {1, 1}, new long[1])
                .add("lora.lora_unet_nowhere.lora_down.weight", new long[] {2, 4}, new float[8], Dtype.F32));

        assertThat(refusalOf(inputs)).contains("lora.lora_unet_nowhere").contains("no layer of this base");
    }

    @Test
    void aTrainingThatDivergesStopsAtItsStep() throws IOException {
        assertThat(refusalOf(training("train.latents", Float.NaN)))
                .contains("the training diverged: found a loss NaN in step 1");
        assertThat(refusalOf(training("lora.*down.weight", 3e38f)))
                .contains("the training diverged: found a", "in step 1, wanted finite numbers");
    }

    @Test
    void anAlphaThatIsNoNumberIsNamed() throws IOException {
        assertThat(refusalOf(training("lora.*alpha", Float.NaN)))
                .contains(".alpha\": found NaN, wanted the metadata's");
    }

    @Test
    void anOutputThatIsNoFileIsNamedBeforeAnythingIsComputed() {
        String in = BASE + "/IN.safetensors";
        assertThat(refusal("--base", BASE, "--inputs", in, "--outputs", folder.toString()))
                .isEqualTo("athanor reference: --outputs is " + folder + ", which is no regular file; name a file\n");
        Path nowhere = folder.resolve("nowhere/out.safetensors");
        assertThat(refusal("--base", BASE, "--inputs", in, "--outputs", nowhere.toString()))
                .contains("there is no folder " + nowhere.getParent())
                .hasLineCount(1);
    }

    @Test
    void aSamplerThatIsListedTwiceIsNamed() throws IOException {
        Path inputs = file(new SafetensorsWriter()
                .metadata("samplers", "[\"ddim\", \"ddim\"]")
                .add("sampler.noise", new long[] {1, 4, 8, 8}, new float[256], Dtype.F32));

        assertThat(refusalOf(inputs))
                .contains("metadata \"samplers\" is 'ddim' more than once, wanted each of them once");
    }

    @Test
    void tooLittleMemoryIsOneLineToo() {
        assertThat(ReferenceCommand.outOfMemory(new OutOfMemoryError("Java heap space")))
                .hasMessageContaining("needs more memory than Java was given: Java heap space");
    }

    @Test
    void whatIsGivenTwiceOrWithoutAValueIsNamed() {
        assertThat(refusal("--base", BASE, "--base", BASE)).isEqualTo("athanor reference: --base is given twice\n");
        assertThat(refusal("--inputs", "in", "--base")).isEqualTo("athanor reference: --base wants a value\n");
        assertThat(refusal("--base=", "--inputs=in", "--outputs=out"))
                .isEqualTo("athanor reference: --base is missing; try --help\n");
    }

    @Test
    void aDeviceOrATypeThatDoesNotExistIsNamedWithThoseThatDo() {
        assertThat(refusal("--base", BASE, "--inputs=in", "--outputs=out", "--device", "tpu"))
                .isEqualTo("athanor reference: --device is 'tpu', wanted cpu or cuda\n");
        assertThat(refusal("--base", BASE, "--inputs=in", "--outputs=out", "--dtype=int8"))
                .isEqualTo("athanor reference: --dtype is 'int8', wanted float32, bfloat16 or float16\n");
    }

    /** The base's own training, its first number in the tensors of that name changed. */
    private Path training(String changed, float value) throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter();
        try (SafetensorsFile whole = SafetensorsFile.open(Path.of(BASE, "IN.safetensors"))) {
            whole.metadata().forEach(writer::metadata);
            for (String name : whole.names()) {
                if (!name.matches("(train|lora)\\..*")) {
                    continue;
                }
                if (whole.dtype(name).isFloat()) {
                    FloatTensor tensor = whole.floats(name);
                    if (name.matches(changed)) {
                        tensor.values()[0] = value;
                    }
                    writer.add(name, tensor, Dtype.F32);
                } else {
                    writer.addLongs(name, whole.shape(name), whole.longs(name));
                }
            }
        }
        return file(writer);
    }

    private Path file(SafetensorsWriter writer) throws IOException {
        Path path = folder.resolve("in.safetensors");
        writer.write(path);
        return path;
    }

    private String refusalOf(Path inputs) throws IOException {
        Path out = folder.resolve("out.safetensors");
        String line = refusal("--base", BASE, "--inputs", inputs.toString(), "--outputs", out.toString());
        assertThat(Files.exists(out)).isFalse();
        return line;
    }

    private static String refusal(String... arguments) {
        String[] all =
                Stream.concat(Stream.of("reference"), Stream.of(arguments)).toArray(String[]::new);
        PrintStream terminal = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThat(DiffusionTools.commandLine().execute(all)).isEqualTo(1);
        } finally {
            System.setErr(terminal);
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
