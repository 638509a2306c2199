package athanor.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.runtime.DiffusionModel;
import athanor.diffusion.runtime.LoraSet;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PromptEncoderTest {

    @Test
    void weightsMultiplyEmbeddingsAndRestoreTheMeanOfEachEncoder() {
        try (BaseModel base = open("sdxl");
                DiffusionModel model = DiffusionModel.load(base, ComputeOptions.CPU);
                NDManager scope = model.newScope()) {
            PromptEncoder encoder = new PromptEncoder(base, model);
            NDArray plain =
                    encoder.encode(scope, "red hair", LoraSet.none()).text().hidden();
            NDArray weighted = encoder.encode(scope, "red (hair:1.5)", LoraSet.none())
                    .text()
                    .hidden();

            int firstWidth = base.textEncoderConfigs().get(0).hiddenSize();
            for (String part : new String[] {":" + firstWidth, firstWidth + ":"}) {
                NDArray before = plain.get("..., " + part);
                NDArray after = weighted.get("..., " + part);
                assertThat(after.mean().getFloat()).isCloseTo(before.mean().getFloat(), within(1e-5f));
                float start = after.getFloat(0, 0, 0) / before.getFloat(0, 0, 0);
                float hair = after.getFloat(0, 2, 0) / before.getFloat(0, 2, 0);
                assertThat(hair / start).isCloseTo(1.5f, within(1e-4f));
            }
        }
    }

    @Test
    void anEmptyNegativePromptIsNoTextAtAllForSdxlOnly() {
        try (BaseModel base = open("sdxl");
                DiffusionModel model = DiffusionModel.load(base, ComputeOptions.CPU);
                NDManager scope = model.newScope()) {
            PromptEncoder encoder = new PromptEncoder(base, model);
            assertThat(encoder.encodeNegative(scope, "", LoraSet.none())
                            .text()
                            .hidden()
                            .abs()
                            .sum()
                            .getFloat())
                    .isZero();
            assertThat(encoder.encodeNegative(scope, "a", LoraSet.none())
                            .text()
                            .hidden()
                            .abs()
                            .sum()
                            .getFloat())
                    .isPositive();
        }
        try (BaseModel base = open("sd1");
                DiffusionModel model = DiffusionModel.load(base, ComputeOptions.CPU);
                NDManager scope = model.newScope()) {
            assertThat(new PromptEncoder(base, model)
                            .encodeNegative(scope, "", LoraSet.none())
                            .text()
                            .hidden()
                            .abs()
                            .sum()
                            .getFloat())
                    .isPositive();
        }
    }

    private static BaseModel open(String name) {
        return BaseModel.open(Path.of("src/test/resources/parity", name));
    }
}
