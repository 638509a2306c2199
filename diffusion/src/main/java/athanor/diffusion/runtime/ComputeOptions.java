package athanor.diffusion.runtime;

import ai.djl.Device;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.program.Processor;

/**
 * Where, in which number format and with how much memory a base runs.
 *
 * @param type of UNet and text encoders; the autoencoder of a picture always computes in float32, because float16 gives NaN
 *     in the SDXL one and a picture is decoded once only
 * @param recompute in training, the insides of the networks are computed a second time instead of being kept for the way
 *     back: the same numbers with less memory and more time
 */
public record ComputeOptions(Device device, ComputeType type, boolean recompute) {

    public static final ComputeOptions CPU = new ComputeOptions(Device.cpu(), ComputeType.FLOAT32);

    /** What to say when {@link #isImitated}. */
    public static final String IMITATED =
            "this processor does not compute in bfloat16 by itself, so everything takes many times as long as in float32";

    public ComputeOptions(Device device, ComputeType type) {
        this(device, type, false);
    }

    public ComputeOptions on(Device other) {
        return new ComputeOptions(other, type, recompute);
    }

    public ComputeOptions in(ComputeType other) {
        return new ComputeOptions(device, other, recompute);
    }

    public ComputeOptions withRecompute(boolean other) {
        return new ComputeOptions(device, type, other);
    }

    /** Whether the processor has to imitate the number format, which takes many times as long as float32. */
    public boolean isImitated() {
        return !device.isGpu() && type == ComputeType.BFLOAT16 && !Processor.hasBfloat16();
    }

    /** As PyTorch writes the device. */
    public String torchDevice() {
        return device.isGpu() ? "cuda:" + device.getDeviceId() : device.getDeviceType();
    }
}
