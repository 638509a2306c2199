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
     * Packed convolutions give the channels of a pixel side by side. Below this many pixels libtorch normalises such a map pixel by
     * pixel and group by group; channel by channel it takes a tenth of the time, copying included.
     */
    private static final int FEW_PIXELS = 1024;

    static final String METHODS =
            """
              def group_norm(self: __torch__.Program, x: Tensor, groups: int, weight: Tensor, bias: Tensor, eps: float) -> Tensor:
                if torch.lt(torch.mul(torch.size(x, 2), torch.size(x, 3)), FEW_PIXELS):
                  y = torch.contiguous(x)
                else:
                  y = x
                return torch.group_norm(y, groups, weight, bias, eps)
            """.replace("FEW_PIXELS", String.valueOf(FEW_PIXELS)).indent(0);

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
