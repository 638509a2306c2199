package athanor.diffusion.runtime;

import ai.djl.Device;
import athanor.diffusion.program.ComputeType;

/**
 * Where and in which number format a base runs.
 *
 * @param type of UNet and text encoders; the autoencoder of a picture always computes in float32, because float16 gives NaN
 *     in the SDXL one and a picture is decoded once only
 */
public record ComputeOptions(Device device, ComputeType type) {

    public static final ComputeOptions CPU = new ComputeOptions(Device.cpu(), ComputeType.FLOAT32);

    /** As PyTorch writes the device. */
    public String torchDevice() {
        return device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
    }
}
