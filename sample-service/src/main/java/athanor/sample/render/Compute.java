package athanor.sample.render;

import ai.djl.Device;
import ai.djl.engine.Engine;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.runtime.ComputeOptions;

/** Where pictures are drawn. */
public enum Compute {
    /** The first card where there is one. */
    AUTO,
    CPU,
    GPU;

    /** float16 on a card: every card has it, and the autoencoder stays in float32 anyway. */
    public ComputeOptions options() {
        // Asking for cards starts the engine, which reads this once. The graph optimiser of TorchScript crashes the
        // process in training and is of no use in drawing.
        System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
        boolean card =
                this == GPU || (this == AUTO && Engine.getEngine("PyTorch").getGpuCount() > 0);
        return card ? new ComputeOptions(Device.gpu(), ComputeType.FLOAT16) : ComputeOptions.CPU;
    }
}
