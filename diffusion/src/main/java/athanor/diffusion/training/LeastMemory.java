package athanor.diffusion.training;

import athanor.diffusion.OutOfMemoryException;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.network.UNetConfig;
import athanor.diffusion.runtime.ComputeOptions;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * What a training step certainly keeps in memory for the way back. An operating system promises memory that it does not have and
 * ends the process that uses it, without a word; so what cannot fit is refused before anything is spent. A card says so by
 * itself, and is not asked here.
 */
final class LeastMemory {

    /** Numbers kept a pixel and channel: half of what a resnet keeps, so that no way of computing it keeps less. */
    private static final int OF_A_RESNET = 1;
    /** The same of a transformer layer, whose feed-forward alone is eight times as wide as its pixels. */
    private static final int OF_A_TRANSFORMER = 6;
    /** What lies between the pieces that are computed again. */
    private static final int RECOMPUTED = 1;

    private static final double GIB = 1L << 30;

    private LeastMemory() {}

    /** @throws OutOfMemoryException where this machine has less */
    static void check(BaseModel base, TrainingSettings settings, List<Example> instances, List<Example> classPictures) {
        if (settings.compute().device().isGpu()) {
            return;
        }
        long needed = settings.batchSize()
                * (ofTheLargest(base, settings, instances) + ofTheLargest(base, settings, classPictures));
        long there = ofThisMachine();
        if (needed > there) {
            throw new OutOfMemoryException(
                    "a step with training.batchSize %d on pictures of this size keeps at least %.1f GiB, this machine has %.1f GiB"
                            .formatted(settings.batchSize(), needed / GIB, there / GIB));
        }
    }

    private static long ofTheLargest(BaseModel base, TrainingSettings settings, List<Example> pictures) {
        int factor = base.vaeConfig().factor();
        return pictures.stream()
                .mapToLong(picture -> ofAPicture(
                        base.unetConfig(), settings.compute(), picture.width() / factor, picture.height() / factor))
                .max()
                .orElse(0);
    }

    /**
     * @param width latent pixels
     * @return bytes
     */
    static long ofAPicture(UNetConfig unet, ComputeOptions compute, int width, int height) {
        boolean recompute = compute.recompute();
        int resnet = recompute ? RECOMPUTED : OF_A_RESNET;
        int transformer = recompute ? RECOMPUTED : OF_A_TRANSFORMER;
        int levels = unet.blockOutChannels().size();
        long numbers = 0;
        for (int level = 0; level < levels; level++) {
            long pixels = (long) Math.max(1, height >> level) * Math.max(1, width >> level);
            int up = levels - 1 - level;
            int down = unet.layersPerBlock().get(level);
            long resnets = 2L * down + 1;
            long transformers = layers(unet.crossAttention(), unet.transformerLayers(), level, down)
                    + layers(unet.crossAttentionUp(), unet.transformerLayersUp(), up, down + 1);
            numbers += pixels * unet.blockOutChannels().get(level) * (resnets * resnet + transformers * transformer);
        }
        return numbers * compute.type().bytes();
    }

    private static long layers(List<Boolean> has, List<Integer> depth, int at, int blocks) {
        return has.get(at) ? (long) depth.get(at) * blocks : 0;
    }

    /** Bytes; inside a container its limit. */
    private static long ofThisMachine() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }
}
