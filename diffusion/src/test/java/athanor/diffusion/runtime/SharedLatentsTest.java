package athanor.diffusion.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.lora.LoraFile;
import athanor.diffusion.model.BaseModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two texts for each of two latents in one call: as if the latents had come twice. */
class SharedLatentsTest {

    private static final int PICTURES = 2;

    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sdxl"})
    void everyTextMeetsItsOwnLatents(String name) {
        try (BaseModel base = BaseModel.open(Path.of("src/test/resources/parity", name));
                DiffusionModel model = DiffusionModel.load(base, ComputeOptions.CPU);
                NDManager scope = model.newScope()) {
            NDArray latents = random(scope, PICTURES, base.unetConfig().inChannels(), 8, 16);
            NDArray timesteps = scope.create(new float[] {10, 700});
            NDArray geometry = model.isSdxl() ? random(scope, PICTURES, 6) : null;
            TextEmbedding texts = model.encode(scope, ids(base), LoraSet.none());

            LoraFile adapter = LoraFile.read(Path.of("src/test/resources/lora", name, "kohya.safetensors"));
            for (LoraSet lora : List.of(LoraSet.none(), LoraSet.of(adapter, 1))) {
                NDArray shared = model.denoise(scope, latents, timesteps, texts, geometry, lora);
                NDArray doubled = model.denoise(
                        scope,
                        twice(latents),
                        twice(timesteps),
                        texts,
                        geometry == null ? null : twice(geometry),
                        lora);

                assertThat(shared.getShape()).isEqualTo(doubled.getShape());
                assertThat(shared.sub(doubled).norm().getFloat()
                                / doubled.norm().getFloat())
                        .isLessThan(1e-6f);
            }
        }
    }

    @Test
    void textsThatBelongToNoLatentsAreRefused() {
        try (BaseModel base = BaseModel.open(Path.of("src/test/resources/parity/sd1"));
                DiffusionModel model = DiffusionModel.load(base, ComputeOptions.CPU);
                NDManager scope = model.newScope()) {
            NDArray latents = random(scope, 3, base.unetConfig().inChannels(), 8, 8);
            TextEmbedding texts = model.encode(scope, ids(base), LoraSet.none());
            NDArray timesteps = scope.create(new float[] {10, 10, 10});

            assertThatThrownBy(() -> model.denoise(scope, latents, timesteps, texts, null, LoraSet.none()))
                    .hasMessage("4 texts for 3 latents; wanted as many or a multiple");
        }
    }

    private static List<long[][]> ids(BaseModel base) {
        long[][] prompts =
                new long[2 * PICTURES][base.textEncoderConfigs().get(0).maxPositions()];
        for (int i = 0; i < prompts.length; i++) {
            prompts[i][1] = i + 3;
        }
        return base.textEncoderConfigs().stream().map(encoder -> prompts).toList();
    }

    private static NDArray twice(NDArray array) {
        return array.concat(array);
    }

    private static NDArray random(NDManager scope, long... shape) {
        return scope.create(numbers((int) new Shape(shape).size()), new Shape(shape));
    }

    private static float[] numbers(int count) {
        Random random = new Random(count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
