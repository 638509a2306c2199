package athanor.diffusion.program;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.program.Expression.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TransformedKernelTest {

    /** Of a network's results; either way to compute a convolution is within 2e-6 of float64. */
    private static final double BOUND = 1e-5;

    private static final Variable X = Torch.variable("x");
    private static final int IN = 256;
    private static final int OUT = 288;
    private static final LoraPlan LORA = new LoraPlan(layer -> true, 4, 0.5);

    @Test
    void aWideConvolutionGivesWhatAPlainOneGives() {
        assertThat(distances(LoraPlan.NONE, new Shape(2, IN, 6, 10), TransformedKernelTest::wide))
                .allSatisfy(distance -> assertThat(distance).isLessThan(BOUND));
        assertThat(distances(LORA, new Shape(1, IN, 8, 4), TransformedKernelTest::wide))
                .allSatisfy(distance -> assertThat(distance).isLessThan(BOUND));
    }

    @Test
    void aWideConvolutionOfAnOddSideIsTakenPlain() {
        assertThat(distances(LoraPlan.NONE, new Shape(2, IN, 7, 4), TransformedKernelTest::wide))
                .allSatisfy(distance -> assertThat(distance).isLessThan(BOUND));
    }

    @Test
    void anEnlargingConvolutionGivesWhatAPlainOneGivesOfTheEnlargedMap() {
        assertThat(distances(LoraPlan.NONE, new Shape(2, IN, 3, 5), ops -> ops.upsampledConv2d(X, null, "l", IN, OUT)))
                .allSatisfy(distance -> assertThat(distance).isLessThan(BOUND));
        assertThat(distances(LORA, new Shape(1, IN, 4, 4), ops -> ops.upsampledConv2d(X, null, "l", IN, OUT)))
                .allSatisfy(distance -> assertThat(distance).isLessThan(BOUND));
    }

    @Test
    void anEnlargementToOneLessThanTwiceIsTakenPlain() {
        Function<Emitter, Expression> toOddSize = ops -> {
            Expression tall = Torch.cat(2, X, X);
            Expression like =
                    ops.let(Torch.torch("constant_pad_nd", tall, Torch.numbers(0, 3, 0, -1), Torch.number(0)));
            return ops.upsampledConv2d(X, like, "l", IN, OUT);
        };
        assertThat(distances(LoraPlan.NONE, new Shape(1, IN, 3, 4), toOddSize))
                .allSatisfy(distance -> assertThat(distance).isLessThan(BOUND));
    }

    @Test
    void onlyWideConvolutionsThatKeepTheSizeAreTransformed() {
        assertThat(TransformedKernel.winogradSuits(320, 320, 3, 1, 1)).isTrue();
        assertThat(TransformedKernel.winogradSuits(1920, 640, 3, 1, 1)).isTrue();
        assertThat(TransformedKernel.winogradSuits(320, 4, 3, 1, 1)).isFalse();
        assertThat(TransformedKernel.winogradSuits(320, 320, 3, 2, 1)).isFalse();
        assertThat(TransformedKernel.winogradSuits(320, 320, 1, 1, 0)).isFalse();
        assertThat(TransformedKernel.winogradSuits(2560, 1280, 3, 1, 1)).isFalse();
    }

    @Test
    void halfPrecisionAndOtherDevicesKeepTheirKernels() {
        assertThat(program(new EmittedProgram(ComputeType.FLOAT32, "cpu"))).contains("conv2d_winograd");
        assertThat(program(new EmittedProgram(ComputeType.BFLOAT16, "cpu"))).doesNotContain("conv2d_winograd");
        assertThat(program(new EmittedProgram(ComputeType.FLOAT32, "cuda:0"))).doesNotContain("conv2d_winograd");
    }

    /** Its products are matrix products: where these are slow, a plain convolution is as fast and needs less memory. */
    @Test
    void slowMatrixProductsLeaveWideConvolutionsPlain() {
        EmittedProgram emitted = new EmittedProgram(ComputeType.FLOAT32, "cpu");
        emitted.computeFrozenLayersOtherwise(true);
        add(emitted, LoraPlan.NONE, TransformedKernelTest::wide);

        assertThat(emitted.text()).doesNotContain("conv2d_winograd");
    }

    private static Expression wide(Emitter ops) {
        return ops.conv2d(X, "l", IN, OUT, 3, 1, 1);
    }

    private static String program(EmittedProgram emitted) {
        emitted.computeFrozenLayersOtherwise(false);
        add(emitted, LoraPlan.NONE, TransformedKernelTest::wide);
        return emitted.text();
    }

    private static void add(EmittedProgram emitted, LoraPlan plan, Function<Emitter, Expression> layer) {
        Emitter emitter =
                emitted.begin(Signature.of("layer").weights().factors().tensors(X), "", plan);
        emitted.add(emitter.returning(layer.apply(emitter)));
    }

    /** Relative L2 of results, and of gradients of x, between a program with transformed kernels and one without. */
    private static List<Double> distances(LoraPlan plan, Shape shape, Function<Emitter, Expression> layer) {
        EmittedProgram plain = new EmittedProgram(ComputeType.FLOAT32, "cpu");
        EmittedProgram transformed = new EmittedProgram(ComputeType.FLOAT32, "cpu");
        transformed.computeFrozenLayersOtherwise(false);
        try (NDManager scope = NDManager.newBaseManager(Device.cpu())) {
            NDList wanted = run(scope, plain, plan, shape, layer);
            NDList found = run(scope, transformed, plan, shape, layer);
            assertThat(transformed.text()).contains("self.conv2d_").isNotEqualTo(plain.text());
            List<Double> distances = new ArrayList<>();
            for (int i = 0; i < wanted.size(); i++) {
                assertThat(found.get(i).getShape()).isEqualTo(wanted.get(i).getShape());
                distances.add(relativeDistance(found.get(i), wanted.get(i)));
            }
            return distances;
        }
    }

    private static NDList run(
            NDManager scope, EmittedProgram emitted, LoraPlan plan, Shape shape, Function<Emitter, Expression> layer) {
        add(emitted, plan, layer);
        emitted.weightMethod();
        String factors = plan == LoraPlan.NONE ? "annotate(List[Tensor], [])" : "[down, up]";
        emitted.add("""
                  def run(self: __torch__.Program, x: Tensor, down: Tensor, up: Tensor) -> List[Tensor]:
                    leaf = torch.requires_grad_(torch.detach(x), True)
                    y = self.layer(self.weights, FACTORS, leaf)
                    gradients = torch.grad([torch.sum(torch.mul(y, torch.sin(y)))], [leaf], None, None, False, False)
                    return [torch.detach(y), torch._unwrap_optional(gradients[0])]
                """.replace("FACTORS", factors));
        Random random = new Random(7);
        try (TorchProgram program = TorchProgram.load(emitted.text(), Device.cpu())) {
            for (String name : emitted.weights().names()) {
                program.callWithGradients(scope, "add_weight", normal(scope, random, shapeOf(emitted, name)));
            }
            NDList results = program.callWithGradients(
                    scope,
                    "run",
                    normal(scope, random, shape),
                    normal(scope, random, new Shape(4, IN, 3, 3)),
                    normal(scope, random, new Shape(OUT, 4, 1, 1)));
            return new NDList(results.stream().map(NDArray::duplicate).toList());
        }
    }

    private static Shape shapeOf(EmittedProgram emitted, String name) {
        return new Shape(
                Arrays.stream(emitted.weights().shape(name)).asLongStream().toArray());
    }

    private static NDArray normal(NDManager scope, Random random, Shape shape) {
        float[] values = new float[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() / 16);
        }
        return scope.create(values, shape);
    }

    private static double relativeDistance(NDArray a, NDArray b) {
        return a.sub(b).norm().getFloat() / b.norm().getFloat();
    }
}
