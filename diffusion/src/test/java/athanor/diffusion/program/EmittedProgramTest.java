package athanor.diffusion.program;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.checkpoint.Weights;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.network.UNet2DConditionModel;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.runtime.DiffusionModel;
import athanor.diffusion.runtime.LoraSet;
import athanor.diffusion.runtime.TextEmbedding;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EmittedProgramTest {

    @Test
    void computesWhatTheDefinitionSaysOperatorByOperator() {
        try (BaseModel base = BaseModel.open(Path.of("src/test/resources/parity/sd1"));
                DiffusionModel model = DiffusionModel.load(base, ComputeOptions.CPU);
                NDManager scope = model.newScope()) {
            int textWidth = base.unetConfig().crossAttentionDim().get(0);
            // A height that the way down does not divide evenly: the way up has to find back to it.
            NDArray sample = random(scope, 1, 2, base.unetConfig().inChannels(), 14, 8);
            NDArray text = random(scope, 2, 2, 7, textWidth);
            NDArray timesteps = scope.create(new float[] {3, 801});

            NDArray emitted =
                    model.denoise(scope, sample, timesteps, new TextEmbedding(text, null), null, LoraSet.none());
            NDArray eager = new UNet2DConditionModel(base.unetConfig())
                    .forward(new EagerOps(weights(scope, base.unet())), sample, timesteps, text, null, null);

            assertThat(relativeDistance(emitted, eager)).isLessThan(1e-5);
        }
    }

    @Test
    void knowsTheGradientOfASquare() {
        String method = """
                  def slope(self: __torch__.Program, x: Tensor) -> Tensor:
                    f = torch.requires_grad_(torch.detach(x), True)
                    gradients = torch.grad([torch.sum(torch.mul(f, f))], [f], None, None, False, False)
                    return torch._unwrap_optional(gradients[0])
                """;
        try (TorchProgram program = TorchProgram.load(method, Device.cpu());
                NDManager scope = program.manager().newSubManager()) {
            NDArray slope = program.callWithGradients(scope, "slope", scope.create(new float[] {1, -3}))
                    .get(0);
            assertThat(slope.toFloatArray()).containsExactly(2, -6);
        }
    }

    private static NDArray random(NDManager scope, long seed, long... shape) {
        Random random = new Random(seed);
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return scope.create(values, new Shape(shape));
    }

    private static Map<String, NDArray> weights(NDManager scope, Weights weights) {
        Map<String, NDArray> arrays = new HashMap<>();
        for (String name : weights.names()) {
            Shape shape = new Shape(weights.shape(name));
            FloatBuffer values = FloatBuffer.allocate((int) shape.size());
            weights.read(name, values);
            arrays.put(name, scope.create(values.array(), shape));
        }
        return arrays;
    }

    private static double relativeDistance(NDArray a, NDArray b) {
        return a.sub(b).norm().getFloat() / b.norm().getFloat();
    }
}
