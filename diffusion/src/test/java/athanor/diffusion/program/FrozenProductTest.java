package athanor.diffusion.program;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.program.Expression.Variable;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An adapted linear layer with its frozen part as a product and as a convolution: results and the gradients of input and LoRA. */
class FrozenProductTest {

    private static final int IN = 24;
    private static final int OUT = 40;
    private static final int RANK = 4;

    /** 256 rows and a multiple of sixteen are convolved; fewer, or another number, are multiplied as ever. */
    @ParameterizedTest
    @CsvSource({"2, 128, true", "2, 128, false", "1, 272, true", "1, 257, true", "2, 8, true"})
    void aConvolutionGivesWhatTheProductGives(int pictures, int pixels, boolean bias) {
        Shape shape = new Shape(pictures, pixels, IN);
        try (NDManager scope = NDManager.newBaseManager(Device.cpu())) {
            NDList wanted = run(scope, false, shape, bias);
            NDList found = run(scope, true, shape, bias);
            for (int i = 0; i < wanted.size(); i++) {
                NDArray difference = found.get(i).sub(wanted.get(i));
                assertThat(difference.norm().getFloat() / wanted.get(i).norm().getFloat())
                        .isLessThan(1e-6f);
            }
        }
    }

    @Test
    void onlySlowProductsAreConvolved() {
        assertThat(emitted(true, true).text()).contains("self.product(");
        assertThat(emitted(false, true).text()).doesNotContain("self.product(");
    }

    private static EmittedProgram emitted(boolean productsAreSlow, boolean bias) {
        EmittedProgram emitted = new EmittedProgram(ComputeType.FLOAT32, "cpu");
        emitted.computeFrozenLayersOtherwise(productsAreSlow);
        LoraPlan everyLayer = new LoraPlan(layer -> true, RANK, 0.5);
        Variable x = Torch.variable("x");
        Emitter emitter =
                emitted.begin(Signature.of("layer").weights().factors().tensors(x), "", everyLayer);
        emitted.add(emitter.returning(emitter.linear(x, "l", IN, OUT, bias)));
        emitted.weightMethod();
        return emitted;
    }

    private static NDList run(NDManager scope, boolean productsAreSlow, Shape shape, boolean bias) {
        EmittedProgram emitted = emitted(productsAreSlow, bias);
        emitted.add("""
                  def run(self: __torch__.Program, x: Tensor, down: Tensor, up: Tensor) -> List[Tensor]:
                    leaf = torch.requires_grad_(torch.detach(x), True)
                    a = torch.requires_grad_(torch.detach(down), True)
                    b = torch.requires_grad_(torch.detach(up), True)
                    y = self.layer(self.weights, [a, b], leaf)
                    g = torch.grad([torch.sum(torch.mul(y, torch.sin(y)))], [leaf, a, b], None, None, False, False)
                    return [torch.detach(y), torch._unwrap_optional(g[0]), torch._unwrap_optional(g[1]), torch._unwrap_optional(g[2])]
                """);
        Random random = new Random(7);
        try (TorchProgram program = TorchProgram.load(emitted.text(), Device.cpu())) {
            program.callWithGradients(scope, "add_weight", normal(scope, random, new Shape(OUT, IN)));
            if (bias) {
                program.callWithGradients(scope, "add_weight", normal(scope, random, new Shape(OUT)));
            }
            NDList results = program.callWithGradients(
                    scope,
                    "run",
                    normal(scope, random, shape),
                    normal(scope, random, new Shape(RANK, IN)),
                    normal(scope, random, new Shape(OUT, RANK)));
            return new NDList(results.stream().map(NDArray::duplicate).toList());
        }
    }

    private static NDArray normal(NDManager scope, Random random, Shape shape) {
        float[] values = new float[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() / 4);
        }
        return scope.create(values, shape);
    }
}
