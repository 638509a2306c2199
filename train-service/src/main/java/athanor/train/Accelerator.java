package athanor.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.util.cuda.CudaUtils;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.runtime.ComputeOptions;

/**
 * What this worker computes on: the first card if there is one, else the processor.
 *
 * @param name for people
 * @param memoryBytes of the card, 0 without one
 */
record Accelerator(String name, long memoryBytes, ComputeOptions options) {

    /** Compute capability 8.0 (Ampere) is the first that computes in bfloat16. */
    private static final int FIRST_WITH_BFLOAT16 = 80;

    static Accelerator detect() {
        // Counting the cards starts the engine, which reads this once. The graph optimiser of TorchScript can crash the
        // process in training.
        System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
        if (Engine.getEngine("PyTorch").getGpuCount() == 0) {
            return new Accelerator("cpu", 0, ComputeOptions.CPU);
        }
        Device card = Device.gpu(0);
        int capability = Integer.parseInt(CudaUtils.getComputeCapability(card.getDeviceId()));
        ComputeType type = capability >= FIRST_WITH_BFLOAT16 ? ComputeType.BFLOAT16 : ComputeType.FLOAT16;
        long memory = CudaUtils.getGpuMemory(card).getMax();
        return new Accelerator(
                "card 0, compute capability %d.%d".formatted(capability / 10, capability % 10),
                memory,
                new ComputeOptions(card, type));
    }
}
