package athanor.diffusion.program;

import static athanor.diffusion.Distance.distance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.program.Expression.Variable;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightPackingTest {

    private static final int CHANNELS = 8;
    private static final int SIDE = 40;

    /** Biases of 30 beside activations of about 1, on a map of more than a thousand pixels: a hard case for a sum of squares. */
    @Test
    void normalisingWhatPackedLayersGiveIsAsExactAsWithoutPacking() {
        assumeThat(PackingSupport.available(Device.cpu(), ComputeType.FLOAT32)).isTrue();
        float[] plain = normalised(WeightPacking.PLAIN);

        assertThat(distance(normalised(WeightPacking.PACK), plain)).isLessThan(3e-6);
    }

    private static float[] normalised(WeightPacking packing) {
        EmittedProgram emitted = new EmittedProgram(ComputeType.FLOAT32, "cpu");
        emitted.packingMethods();
        emitted.packing(packing);
        Variable picture = Torch.variable("x");
        Emitter emitter = emitted.begin(Signature.of("run").weights().tensors(picture), "", LoraPlan.NONE);
        Expression map = emitter.conv2d(picture, "conv", CHANNELS, CHANNELS, 3, 1, 1);
        emitted.add(emitter.returning(emitter.groupNorm(map, "norm", CHANNELS, 2, 1e-5)));
        try (TorchProgram program = TorchProgram.load(emitted.text(), Device.cpu());
                NDManager scope = program.manager().newSubManager()) {
            Random random = new Random(6);
            List<NDArray> weights = List.of(
                    random(scope, random, 0.1f, CHANNELS, CHANNELS, 3, 3),
                    scope.ones(new Shape(CHANNELS)).mul(30),
                    scope.ones(new Shape(CHANNELS)),
                    scope.zeros(new Shape(CHANNELS)));
            NDArray x = random(scope, random, 1, 1, CHANNELS, SIDE, SIDE);
            return program.call(scope, "run", weights, x).get(0).toFloatArray();
        }
    }

    private static NDArray random(NDManager scope, Random random, float deviation, long... shape) {
        float[] values = new float[(int) new Shape(shape).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return scope.create(values, new Shape(shape));
    }
}
