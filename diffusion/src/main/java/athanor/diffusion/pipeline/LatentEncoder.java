package athanor.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.network.VaeConfig;
import athanor.diffusion.runtime.DiffusionModel;
import java.awt.image.BufferedImage;
import java.util.List;

/** Pictures to latents, one after the other: the middle of the posterior, as nothing is to be learnt from its spread here. */
final class LatentEncoder {

    private final DiffusionModel model;
    private final VaeConfig config;

    LatentEncoder(DiffusionModel model, VaeConfig config) {
        this.model = model;
        this.config = config;
    }

    /**
     * @param pictures of one size
     * @return latents as the UNet knows them, (B, C, h, w)
     */
    NDArray encode(NDManager scope, List<BufferedImage> pictures) {
        NDList latents = new NDList();
        for (BufferedImage picture : pictures) {
            NDArray pixels = scope.create(planes(picture), new Shape(1, 3, picture.getHeight(), picture.getWidth()));
            NDArray mean = model.encodeImage(scope, pixels).split(2, 1).get(0);
            latents.add(mean.sub(config.shiftFactor()).mul(config.scalingFactor()));
        }
        return NDArrays.concat(latents);
    }

    /** Red, green and blue in -1..1, (3, H, W) flat. */
    static float[] planes(BufferedImage picture) {
        int width = picture.getWidth();
        int plane = width * picture.getHeight();
        int[] pixels = picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
        float[] planes = new float[3 * plane];
        for (int i = 0; i < plane; i++) {
            planes[i] = (pixels[i] >> 16 & 255) / 127.5f - 1;
            planes[plane + i] = (pixels[i] >> 8 & 255) / 127.5f - 1;
            planes[2 * plane + i] = (pixels[i] & 255) / 127.5f - 1;
        }
        return planes;
    }
}
