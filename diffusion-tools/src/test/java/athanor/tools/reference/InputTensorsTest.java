package athanor.tools.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import athanor.diffusion.safetensors.Dtype;
import athanor.diffusion.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputTensorsTest {

    @TempDir
    Path folder;

    @Test
    void aLetterStandsForOneNumberInAGroup() throws Exception {
        SafetensorsWriter file = new SafetensorsWriter()
                .add("unet.sample", new long[] {2, 4, 1, 1}, new float[8], Dtype.F32)
                .add("unet.timestep", new long[] {3}, new float[3], Dtype.F32);
        Shapes shapes = new Shapes().with("C", 4);
        try (InputTensors inputs = open(file)) {
            inputs.floats("unet.sample", shapes, "B C h w");

            assertThatThrownBy(() -> inputs.numbers("unet.timestep", shapes, "B"))
                    .isInstanceOf(ReferenceException.class)
                    .hasMessageEndingWith("tensor \"unet.timestep\": found shape [3], wanted [2]");
        }
    }

    @Test
    void aMissingPartnerIsNamed() throws Exception {
        SafetensorsWriter file =
                new SafetensorsWriter().add("unet.sample", new long[] {1, 4, 1, 1}, new float[4], Dtype.F32);
        try (InputTensors inputs = open(file)) {
            assertThatThrownBy(() -> inputs.numbers("unet.timestep", new Shapes(), "B"))
                    .isInstanceOf(ReferenceException.class)
                    .hasMessageEndingWith("tensor \"unet.timestep\" is missing beside unet.sample");
        }
    }

    @Test
    void aTensorThatNoGroupAskedForIsUnknown() throws Exception {
        SafetensorsWriter file = new SafetensorsWriter().add("unet.smaple", new long[] {1}, new float[1], Dtype.F32);
        try (InputTensors inputs = open(file)) {
            assertThatThrownBy(() -> inputs.mustBeReadWhole(false))
                    .isInstanceOf(ReferenceException.class)
                    .hasMessageContaining("tensor \"unet.smaple\" is unknown");
        }
    }

    @Test
    void aTokenOutsideOfTheVocabularyIsNamedBeforeLibtorchReadsForeignMemory() throws Exception {
        SafetensorsWriter file =
                new SafetensorsWriter().addLongs("text.input_ids", new long[] {1, 2}, new long[] {5, 600});
        try (InputTensors inputs = open(file)) {
            assertThatThrownBy(() -> inputs.longs("text.input_ids", new Shapes(), "n L", 559))
                    .isInstanceOf(ReferenceException.class)
                    .hasMessageEndingWith("tensor \"text.input_ids\": found the value 600, wanted 0 to 558");
        }
    }

    @Test
    void timestepsMayBeWholeNumbersOrFloats() throws Exception {
        SafetensorsWriter file = new SafetensorsWriter()
                .addLongs("whole", new long[] {2}, new long[] {7, 999})
                .add("floats", new long[] {2}, new float[] {7, 999}, Dtype.F32);
        try (InputTensors inputs = open(file)) {
            assertThat(inputs.numbers("whole", new Shapes(), "B"))
                    .isEqualTo(inputs.numbers("floats", new Shapes(), "B"));
        }
    }

    @Test
    void aNumberInTheMetadataMustBeOne() throws Exception {
        SafetensorsWriter file =
                new SafetensorsWriter().metadata("steps", "ten").add("a", new long[] {1}, new float[1], Dtype.F32);
        try (InputTensors inputs = open(file)) {
            assertThatThrownBy(() -> inputs.whole("steps", 1, 100))
                    .isInstanceOf(ReferenceException.class)
                    .hasMessageEndingWith("metadata \"steps\" is ten, wanted a number from 1.0 to 100.0");
            assertThatThrownBy(() -> inputs.text("guidance"))
                    .isInstanceOf(ReferenceException.class)
                    .hasMessageEndingWith("the metadata has no \"guidance\"");
        }
    }

    private InputTensors open(SafetensorsWriter file) throws IOException {
        Path path = folder.resolve("in.safetensors");
        file.write(path);
        return InputTensors.open(path);
    }
}
