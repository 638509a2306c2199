package athanor.diffusion.program;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * How frozen weights lie in memory. On a CPU libtorch rearranges the weights of a convolution or linear layer for its kernels in
 * every single call; where there are many channels and few pixels, that takes longer than the layer itself. Packed weights were
 * rearranged once. They can be used for inference only.
 */
public enum WeightPacking {
    /** As in the checkpoint. */
    PLAIN,
    /** Replaces each weight by a packed one on the way, for images of the size that comes along. */
    PACK,
    /** Takes weights that were packed before. */
    PACKED;

    /**
     * Packed convolutions give the channels of a pixel side by side, and libtorch normalises such a map pixel by pixel. That takes up to
     * ten times as long as channel by channel, copying included, and where the mean of a group is large beside its deviation it
     * loses three digits.
     */
    static final String METHODS = """
              def group_norm(self: __torch__.Program, x: Tensor, groups: int, weight: Tensor, bias: Tensor, eps: float) -> Tensor:
                return torch.group_norm(torch.contiguous(x), groups, weight, bias, eps)
            """.indent(0);

    /** Not part of the engine's promises, so it is tried once. */
    private static final class Support {
        static final boolean AVAILABLE = works();

        private static boolean works() {
            Emitter emitter = new Emitter(ComputeType.FLOAT32, "cpu");
            emitter.packing(PACK);
            emitter.begin("try_packing", "", LoraPlan.NONE, "P: List[Tensor], x: Tensor", "Tensor");
            emitter.end(emitter.conv2d(emitter.linear("x", "linear", 8, 8, true), "conv", 8, 8, 3, 1, 1));
            try (TorchProgram program = TorchProgram.load(emitter.program(), Device.cpu());
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

    /** Whether this build of libtorch can pack weights of networks that compute like this. */
    public static boolean available(Device device, ComputeType type) {
        return !device.isGpu() && type == ComputeType.FLOAT32 && Support.AVAILABLE;
    }
}
