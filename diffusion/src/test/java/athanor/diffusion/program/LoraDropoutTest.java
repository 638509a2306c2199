package athanor.diffusion.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.program.Expression.Variable;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** A linear layer of three to two numbers with a detour of rank four, for two pictures of five positions each. */
class LoraDropoutTest {

    private static final int IN = 3;
    private static final int OUT = 2;
    private static final int RANK = 4;
    private static final int LENGTH = 5;
    private static final long[] SEEDS = {12345, 2147483646};
    private static final double SCALE = 0.5;

    @Test
    void silencesWhatTheHashSaysAndScalesTheRest() {
        LoraDropout dropout = new LoraDropout(0.3, 0.25, 0.4);
        float[] x = numbers(2 * LENGTH * IN, 1);
        float[] down = numbers(RANK * IN, 2);
        float[] up = numbers(OUT * RANK, 3);
        float[] expected = new float[2 * LENGTH * OUT];
        float[] expectedSlope = new float[OUT * RANK]; // of the sum of all outputs, by up
        for (int picture = 0; picture < 2; picture++) {
            for (int position = 0; position < LENGTH; position++) {
                for (int r = 0; r < RANK; r++) {
                    double low = 0;
                    for (int i = 0; i < IN; i++) {
                        low += down[r * IN + i] * x[(picture * LENGTH + position) * IN + i];
                    }
                    low *= kept(SEEDS[picture], 0, position * RANK + r, 0.3) / 0.7;
                    low *= kept(SEEDS[picture], 1, r, 0.25) / 0.75;
                    low *= kept(SEEDS[picture], 2, 0, 0.4);
                    for (int o = 0; o < OUT; o++) {
                        expected[(picture * LENGTH + position) * OUT + o] += (float) (SCALE * up[o * RANK + r] * low);
                        expectedSlope[o * RANK + r] += (float) (SCALE * low);
                    }
                }
            }
        }
        Run found = run(dropout, x, down, up);
        assertThat(found.outputs()).containsExactly(expected, Offset.offset(1e-6f));
        assertThat(found.slope()).containsExactly(expectedSlope, Offset.offset(1e-5f));
    }

    @Test
    void silencesTheShareThatWasAskedFor() {
        String method = """
                  def all(self: __torch__.Program, seeds: Tensor) -> Tensor:
                    return torch.to(self.kept(seeds, 6, 20000, 429496730), 6, False, False, None)
                """;
        EmittedProgram emitted = new EmittedProgram(ComputeType.FLOAT32, "cpu");
        emitted.dropoutMethods(new LoraDropout(0.2, 0, 0));
        emitted.add(method);
        try (TorchProgram program = TorchProgram.load(emitted.text(), Device.cpu());
                NDManager scope = program.manager().newSubManager()) {
            NDArray kept =
                    program.call(scope, "all", scope.create(new long[] {0, 1})).get(0);
            assertThat(kept.get(0).mean().getFloat()).isCloseTo(0.8f, Offset.offset(0.01f));
            assertThat(kept.get(1).mean().getFloat()).isCloseTo(0.8f, Offset.offset(0.01f));
            // Neighbouring seeds agree where independent draws would: 0.8^2 + 0.2^2.
            assertThat(kept.get(0)
                            .eq(kept.get(1))
                            .toType(DataType.FLOAT32, false)
                            .mean()
                            .getFloat())
                    .isCloseTo(0.68f, Offset.offset(0.02f));
        }
    }

    @Test
    void offPrintsTheProgramWithoutIt() {
        assertThat(emitted(LoraDropout.OFF).text()).doesNotContain("dropped", "seeds");
        assertThat(emitted(new LoraDropout(0.1, 0, 0)).text()).contains("dropped", "seeds");
    }

    @Test
    void refusesToSilenceEverything() {
        assertThatThrownBy(() -> new LoraDropout(0, 1, 0))
                .hasMessage("dropout of 0.0 numbers, 1.0 rows and 0.0 layers: each must be at least 0 and less than 1");
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Run(float[] outputs, float[] slope) {}

    private static EmittedProgram emitted(LoraDropout dropout) {
        Variable x = Torch.variable("x");
        Signature signature = Signature.of("layer").weights().factors().tensors(x);
        EmittedProgram emitted = new EmittedProgram(ComputeType.FLOAT32, "cpu");
        Emitter emitter = emitted.begin(
                dropout.isOff() ? signature : signature.tensors(LoraDropout.SEEDS),
                "",
                new LoraPlan(layer -> true, RANK, SCALE, dropout));
        emitted.add(emitter.returning(emitter.linear(x, "linear", IN, OUT, false)));
        return emitted;
    }

    private static Run run(LoraDropout dropout, float[] x, float[] down, float[] up) {
        EmittedProgram emitted = emitted(dropout);
        emitted.dropoutMethods(dropout);
        emitted.add("""
                  def slope(self: __torch__.Program, x: Tensor, w: Tensor, down: Tensor, up: Tensor, seeds: Tensor) -> List[Tensor]:
                    u = torch.requires_grad_(torch.detach(up), True)
                    y = self.layer([w], [down, u], x, seeds)
                    gradients = torch.grad([torch.sum(y)], [u], None, None, False, False)
                    return [torch.detach(y), torch._unwrap_optional(gradients[0])]
                """);
        try (TorchProgram program = TorchProgram.load(emitted.text(), Device.cpu());
                NDManager scope = program.manager().newSubManager()) {
            NDList result = program.callWithGradients(
                    scope,
                    "slope",
                    scope.create(x, new Shape(2, LENGTH, IN)),
                    scope.zeros(new Shape(OUT, IN)),
                    scope.create(down, new Shape(RANK, IN)),
                    scope.create(up, new Shape(OUT, RANK)),
                    scope.create(SEEDS));
            return new Run(result.get(0).toFloatArray(), result.get(1).toFloatArray());
        }
    }

    private static float[] numbers(int count, long seed) {
        float[] numbers = new float[count];
        Random random = new Random(seed);
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    /** 1 or 0, for the first layer. */
    private static int kept(long seed, int grain, int position, double share) {
        return mixed(mixed(seed + grain * 506952121L) + position * 506952121L) >= share * (1L << 31) ? 1 : 0;
    }

    private static long mixed(long number) {
        long h = number & 0x7fffffffL;
        h ^= h >> 16;
        h = h * 0x7feb352dL & 0x7fffffffL;
        h ^= h >> 15;
        h = h * 0x46ca68bL & 0x7fffffffL;
        return h ^ h >> 16;
    }
}
