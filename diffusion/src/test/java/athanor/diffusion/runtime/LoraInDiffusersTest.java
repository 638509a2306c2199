package athanor.diffusion.runtime;

import static athanor.diffusion.Distance.distance;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.lora.LoraFile;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.safetensors.Dtype;
import athanor.diffusion.safetensors.FloatTensor;
import athanor.diffusion.safetensors.SafetensorsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same adapter as four programs spell it, against what diffusers computes with kohya's file at strength 0.6 (see
 * {@code src/test/resources/lora/README.md}).
 */
class LoraInDiffusersTest {

    private static final List<String> SPELLINGS = List.of("kohya", "peft", "diffusers", "diffusers-kohya");

    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sdxl"})
    void everySpellingAnswersAsDiffusersDoes(String base) throws Exception {
        answerAsDiffusersDoes(base, SPELLINGS, "LOADED");
    }

    /** Alpha by module pattern, and over the root of the rank. */
    @Test
    void alphasThatOnlyTheMetadataTellCountAsInDiffusers() throws Exception {
        answerAsDiffusersDoes("sd1", List.of("metadata"), "LOADED-metadata");
    }

    private static void answerAsDiffusersDoes(String base, List<String> spellings, String loaded) throws Exception {
        Path bases = Path.of("src/test/resources/parity", base);
        Path files = Path.of("src/test/resources/lora", base);
        try (BaseModel opened = BaseModel.open(bases);
                DiffusionModel model = DiffusionModel.load(opened, ComputeOptions.CPU);
                SafetensorsFile inputs = SafetensorsFile.open(bases.resolve("IN.safetensors"));
                SafetensorsFile golden = SafetensorsFile.open(files.resolve(loaded + ".safetensors"))) {
            for (String spelling : spellings) {
                LoraFile file = LoraFile.read(files.resolve(spelling + ".safetensors"));
                try (NDManager scope = model.newScope()) {
                    LoraSet lora = LoraSet.of(file, 0.6);
                    TextEmbedding text = model.encode(scope, ids(inputs, model.isSdxl()), lora);
                    assertClose(spelling, text.hidden().toFloatArray(), golden.floats("text.hidden"));
                    assertClose(spelling, denoised(model, scope, inputs, lora), golden.floats("unet.output"));
                }
            }
        }
    }

    /** diffusers loaded kohya.safetensors; what this library writes of it holds the same tensors under the same keys. */
    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sdxl"})
    void theFileThatIsWrittenIsTheOneThatDiffusersLoaded(String base) throws Exception {
        Path kohya = Path.of("src/test/resources/lora", base, "kohya.safetensors");
        byte[] written = LoraFile.read(kohya).toBytes(Dtype.F32);
        try (SafetensorsFile ours = SafetensorsFile.of("written", written);
                SafetensorsFile theirs = SafetensorsFile.open(kohya)) {
            assertThat(ours.names()).containsExactlyInAnyOrderElementsOf(theirs.names());
            for (String name : theirs.names()) {
                assertThat(ours.floats(name)).as(name).isEqualTo(theirs.floats(name));
            }
        }
    }

    private static float[] denoised(DiffusionModel model, NDManager scope, SafetensorsFile inputs, LoraSet lora)
            throws Exception {
        boolean sdxl = model.isSdxl();
        FloatTensor sample = inputs.floats("unet.sample");
        long[] whole = inputs.longs("unet.timestep");
        FloatTensor timestep = new FloatTensor(new long[] {whole.length}, new float[whole.length]);
        for (int i = 0; i < whole.length; i++) {
            timestep.values()[i] = whole[i];
        }
        TextEmbedding text = new TextEmbedding(
                array(scope, inputs.floats("unet.encoder_hidden_states")),
                sdxl ? array(scope, inputs.floats("unet.text_embeds")) : null);
        return model.denoise(
                        scope,
                        array(scope, sample),
                        array(scope, timestep),
                        text,
                        sdxl ? array(scope, inputs.floats("unet.time_ids")) : null,
                        lora)
                .toFloatArray();
    }

    private static List<long[][]> ids(SafetensorsFile inputs, boolean sdxl) throws Exception {
        List<long[][]> ids = new ArrayList<>();
        for (String name : sdxl ? List.of("text.input_ids", "text_2.input_ids") : List.of("text.input_ids")) {
            long[] shape = inputs.shape(name);
            int length = Math.toIntExact(shape[1]);
            long[] flat = inputs.longs(name);
            long[][] rows = new long[Math.toIntExact(shape[0])][];
            Arrays.setAll(rows, row -> Arrays.copyOfRange(flat, row * length, (row + 1) * length));
            ids.add(rows);
        }
        return ids;
    }

    private static NDArray array(NDManager scope, FloatTensor tensor) {
        return scope.create(tensor.values(), new Shape(tensor.shape()));
    }

    private static void assertClose(String spelling, float[] found, FloatTensor truth) {
        assertThat(distance(found, truth.values())).as(spelling).isLessThan(1e-5);
    }
}
