package athanor.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import athanor.diffusion.network.VaeConfig;
import athanor.diffusion.runtime.DiffusionModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Latents to pictures: as many at once as memory likes, large ones in tiles. */
final class LatentDecoder {

    /** Decoded whole up to this; a decoder needs some 4 GB for it. */
    private static final long LARGEST_WHOLE = 1024 * 1024;

    /** Pixels decoded in one call when pictures are small. */
    private static final long BATCH_PIXELS = 512 * 512;

    private static final int TILE = 768;
    private static final int OVERLAP = 192;

    private final DiffusionModel model;
    private final VaeConfig config;

    LatentDecoder(DiffusionModel model, VaeConfig config) {
        this.model = model;
        this.config = config;
    }

    /**
     * @param latents as the UNet knows them, (B, C, h, w)
     * @return for each picture (3, H, W), -1 to 1 and a little beyond
     */
    List<float[]> decode(NDArray latents) {
        NDArray scaled = latents.div(config.scalingFactor()).add(config.shiftFactor());
        int factor = config.factor();
        long count = latents.getShape().get(0);
        long pixels = latents.getShape().get(2) * latents.getShape().get(3) * factor * factor;
        List<float[]> pictures = new ArrayList<>();
        long atOnce = Math.max(1, BATCH_PIXELS / pixels);
        for (long first = 0; first < count; first += atOnce) {
            NDArray some = scaled.get("{}:{}", first, Math.min(first + atOnce, count));
            if (pixels > LARGEST_WHOLE) {
                pictures.add(new TiledDecode(TILE / factor, OVERLAP / factor, factor).decode(some, this::whole));
            } else {
                pictures.addAll(split(whole(latents.getManager(), some), (int) (3 * pixels)));
            }
        }
        return pictures;
    }

    private float[] whole(NDManager owner, NDArray latents) {
        try (NDManager scope = owner.newSubManager()) {
            return model.decodeLatent(scope, latents).toFloatArray();
        }
    }

    private static List<float[]> split(float[] batch, int length) {
        List<float[]> parts = new ArrayList<>();
        for (int start = 0; start < batch.length; start += length) {
            parts.add(Arrays.copyOfRange(batch, start, start + length));
        }
        return parts;
    }
}
