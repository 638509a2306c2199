package athanor.diffusion.runtime;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.util.cuda.CudaUtils;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.program.TorchEngine;
import java.util.Optional;

/**
 * A CUDA card that the libtorch of this process can compute on.
 *
 * @param capability compute capability, 90 for 9.0
 */
public record Card(Device device, int capability, long memoryBytes) {

    /** Compute capability 8.0 (Ampere) is the first that computes in bfloat16. */
    private static final int FIRST_WITH_BFLOAT16 = 80;

    /** Empty where there is none, or where libtorch is the one for processors. */
    public static Optional<Card> first() {
        TorchEngine.prepare();
        Engine engine = Engine.getEngine("PyTorch");
        if (!engine.hasCapability(StandardCapabilities.CUDA) || engine.getGpuCount() == 0) {
            return Optional.empty();
        }
        Device device = Device.gpu(0);
        return Optional.of(new Card(
                device,
                Integer.parseInt(CudaUtils.getComputeCapability(device.getDeviceId())),
                CudaUtils.getGpuMemory(device).getMax()));
    }

    /** What networks train in here: bfloat16 needs no care for small gradients, but old cards have float16 only. */
    public ComputeType trainingType() {
        return capability >= FIRST_WITH_BFLOAT16 ? ComputeType.BFLOAT16 : ComputeType.FLOAT16;
    }

    /** For people. */
    public String name() {
        return "card %d, compute capability %d.%d".formatted(device.getDeviceId(), capability / 10, capability % 10);
    }
}
