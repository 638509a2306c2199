package athanor.diffusion.training;

import athanor.diffusion.OutOfMemoryException;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.network.UNetConfig;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.runtime.MachineMemory;
import java.util.List;

/**
 * What a training step certainly keeps in memory for the way back. An operating system promises memory that it does not have and
 * ends the process that uses it, without a word; so what cannot fit is refused before anything is spent.
 */
public final class LeastMemory {

    /** Numbers kept a pixel and channel: half of what a resnet keeps, so that no way of computing it keeps less. */
    private static final int OF_A_RESNET = 1;
    /** The same of a transformer layer, whose feed-forward alone is eight times as wide as its pixels. */
    private static final int OF_A_TRANSFORMER = 6;
    /** What lies between the pieces that are computed again. */
    private static final int RECOMPUTED = 1;

    private static final double GIB = 1L << 30;

    private LeastMemory() {}

    /**
     * A card says by itself what it does not hold, and is not asked here.
     *
     * @throws OutOfMemoryException where this machine has less
     */
    static void check(BaseModel base, TrainingSettings settings, List<Example> instances, List<Example> classPictures) {
        ComputeOptions compute = settings.compute();
        if (compute.device().isGpu()) {
            return;
        }
        long needed = settings.batchSize()
                * (ofTheLargest(base, compute, instances) + ofTheLargest(base, compute, classPictures));
        long there = MachineMemory.bytes();
        if (needed > there) {
            throw new OutOfMemoryException(
                    "a step with training.batchSize %d on pictures of this size keeps at least %.1f GiB, this machine has %.1f GiB"
                            .formatted(settings.batchSize(), needed / GIB, there / GIB));
        }
    }

    private static long ofTheLargest(BaseModel base, ComputeOptions compute, List<Example> pictures) {
        return pictures.stream()
                .mapToLong(picture -> ofAPicture(
                        base, compute.type().bytes(), compute.recompute(), picture.width(), picture.height()))
                .max()
                .orElse(0);
    }

    /**
     * @param bytesPerNumber of the format that the networks compute in
     * @param recompute as in {@link ComputeOptions}
     * @param width pixels
     * @return bytes that a step keeps for each picture of its batch
     */
    public static long ofAPicture(BaseModel base, int bytesPerNumber, boolean recompute, int width, int height) {
        int factor = base.vaeConfig().factor();
        return bytesPerNumber * numbers(base.unetConfig(), recompute, width / factor, height / factor);
    }

    private static long numbers(UNetConfig unet, boolean recompute, int width, int height) {
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
        return numbers;
    }

    private static long layers(List<Boolean> has, List<Integer> depth, int at, int blocks) {
        return has.get(at) ? (long) depth.get(at) * blocks : 0;
    }
}
