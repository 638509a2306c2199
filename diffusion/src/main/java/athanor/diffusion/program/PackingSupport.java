package athanor.diffusion.program;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.program.Expression.Variable;
import java.util.List;

/** Whether this build of libtorch can pack weights: not part of the engine's promises, so it is tried once. */
public final class PackingSupport {

    private static final class Tried {
        static final boolean WORKS = works();
    }

    private PackingSupport() {}

    /** For networks that compute like this. */
    public static boolean available(Device device, ComputeType type) {
        return !device.isGpu() && type == ComputeType.FLOAT32 && Tried.WORKS;
    }

    private static boolean works() {
        Variable x = Torch.variable("x");
        EmittedProgram emitted = new EmittedProgram(ComputeType.FLOAT32, "cpu");
        emitted.packing(WeightPacking.PACK);
        Emitter emitter = emitted.begin(Signature.of("try_packing").weights().tensors(x), "", LoraPlan.NONE);
        Expression linear = emitter.linear(x, "linear", 8, 8, true);
        emitted.add(emitter.returning(emitter.conv2d(linear, "conv", 8, 8, 3, 1, 1)));
        try (TorchProgram program = TorchProgram.load(emitted.text(), Device.cpu());
                NDManager scope = program.manager().newSubManager()) {
            program.call(
                    scope,
                    "try_packing",
                    List.of(
                            scope.ones(new Shape(8, 8)),
                            scope.ones(new Shape(8)),
                            scope.ones(new Shape(8, 8, 3, 3)),
                            scope.ones(new Shape(8))),
                    scope.ones(new Shape(1, 8, 8, 8)));
            return true;
        } catch (IllegalStateException | EngineException notBuiltIn) {
            return false;
        }
    }
}
