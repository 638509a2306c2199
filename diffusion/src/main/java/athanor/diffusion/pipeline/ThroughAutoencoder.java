package athanor.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.OutOfMemoryException;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.network.VaeConfig;
import athanor.diffusion.runtime.DiffusionModel;
import java.awt.image.BufferedImage;

/**
 * Pictures as the autoencoder of a base gives them back. The network that is trained never sees a picture, only what the encoder
 * leaves of it: what is not in here cannot be learnt, and no LoRA can draw it.
 *
 * <p>As its model, it serves one thread at a time.
 */
public final class ThroughAutoencoder {

    private final VaeConfig vae;
    private final DiffusionModel model;

    /** @param model the networks of the base; stays open */
    public ThroughAutoencoder(BaseModel base, DiffusionModel model) {
        this.vae = base.vaeConfig();
        this.model = model;
    }

    /**
     * @return a picture of the same size, from the mean of the posterior
     * @throws IllegalArgumentException where a side is no multiple of the autoencoder's factor
     * @throws OutOfMemoryException where the picture does not fit
     */
    public BufferedImage of(BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        if (width % vae.factor() != 0 || height % vae.factor() != 0) {
            throw new IllegalArgumentException("a picture of %d x %d pixels has sides that are no multiples of %d"
                    .formatted(width, height, vae.factor()));
        }
        return OutOfMemoryException.translating(() -> {
            try (NDManager scope = model.newScope()) {
                NDArray pixels = scope.create(LatentEncoder.planes(picture), new Shape(1, 3, height, width));
                NDArray mean = model.encodeImage(scope, pixels).split(2, 1).get(0); // (1, C, h, w)
                NDArray latent = mean.sub(vae.shiftFactor()).mul(vae.scalingFactor());
                float[] back = new LatentDecoder(model, vae).decode(latent).get(0);
                return new RenderedPicture(0, width, height, back).image();
            }
        });
    }
}
