package athanor.diffusion.runtime;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import athanor.diffusion.BaseModelException;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.safetensors.Dtype;
import athanor.diffusion.safetensors.FloatTensor;
import athanor.diffusion.safetensors.SafetensorsFile;
import athanor.diffusion.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights that would only give black pictures or noise: the error names file and tensor while the base is loaded. */
class DamagedWeightsTest {

    @TempDir
    Path base;

    @BeforeEach
    void copyOfASmallBase() throws IOException {
        Path small = Path.of("src/test/resources/parity/sd1");
        try (Stream<Path> all = Files.walk(small)) {
            for (Path path : all.toList()) {
                Path copy = base.resolve(small.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else if (!path.getFileName().toString().matches("(IN|OUT)\\.safetensors")) {
                    Files.copy(path, copy);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "unet, diffusion_pytorch_model, conv_out.weight, NaN, NaN",
        "vae, diffusion_pytorch_model, decoder.conv_in.bias, Infinity, infinity",
        "text_encoder, model, text_model.final_layer_norm.weight, -Infinity, infinity"
    })
    void aWeightThatIsNotFiniteIsNamed(String part, String stem, String tensor, float value, String name)
            throws IOException {
        Path file = base.resolve(part).resolve(stem + ".safetensors");
        rewrite(file, tensor, values -> values[3] = value);
        assertThatThrownBy(this::load)
                .isInstanceOf(BaseModelException.class)
                .hasMessageContaining(file + ": tensor \"" + tensor + "\": found " + name + " at element 3");
    }

    @Test
    void weightsWhoseSumOverflowsAreFinite() throws IOException {
        Path file = base.resolve("unet/diffusion_pytorch_model.safetensors");
        rewrite(file, "conv_out.weight", values -> Arrays.fill(values, 3e38f));
        assertThatNoException().isThrownBy(this::load);
    }

    @Test
    void aMissingTensorIsNamedWithTheFolderItBelongsIn() throws IOException {
        rewrite(base.resolve("unet/diffusion_pytorch_model.safetensors"), "conv_in.bias", null);
        assertThatThrownBy(this::load)
                .isInstanceOf(BaseModelException.class)
                .hasMessageContaining(
                        base.resolve("unet") + ": found no tensor for conv_in.bias, wanted one of shape [");
    }

    @Test
    void wholeNumbersAreNoWeights() throws IOException {
        Path path = base.resolve("unet/diffusion_pytorch_model.safetensors");
        SafetensorsWriter writer = new SafetensorsWriter();
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            for (String name : file.names()) {
                FloatTensor values = file.floats(name);
                if (name.equals("conv_in.bias")) {
                    writer.addLongs(name, values.shape(), new long[values.values().length]);
                } else {
                    writer.add(name, values, Dtype.F32);
                }
            }
        }
        writer.write(path);
        assertThatThrownBy(this::load)
                .isInstanceOf(BaseModelException.class)
                .hasMessageContaining(
                        path + ": tensor \"conv_in.bias\": found dtype I64, wanted F64, F32, F16 or BF16");
    }

    private interface Change {
        void on(float[] values);
    }

    /** @param change null leaves the tensor out */
    private static void rewrite(Path path, String tensor, Change change) throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter();
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            for (String name : file.names()) {
                FloatTensor values = file.floats(name);
                if (name.equals(tensor)) {
                    if (change == null) {
                        continue;
                    }
                    change.on(values.values());
                }
                writer.add(name, values, Dtype.F32);
            }
        }
        writer.write(path);
    }

    private void load() {
        try (BaseModel opened = BaseModel.open(base)) {
            DiffusionModel.load(opened, ComputeOptions.CPU).close();
        }
    }
}
