package athanor.tools.reference;

import ai.djl.ndarray.NDManager;
import athanor.diffusion.network.VaeConfig;
import athanor.diffusion.safetensors.FloatTensor;
import athanor.diffusion.safetensors.SafetensorsException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@code vae.image} (B, 3, H, W) to {@code vae.moments} (B, 2C, H/f, W/f), and {@code vae.latent} (B, C, h, w) to
 * {@code vae.decoded} (B, 3, fh, fw); each alone or both.
 */
record VaeGroup(@Nullable FloatTensor image, @Nullable FloatTensor latent) implements Group {

    static @Nullable VaeGroup read(InputTensors inputs, VaeConfig vae) throws ReferenceException, SafetensorsException {
        FloatTensor image = null;
        FloatTensor latent = null;
        if (inputs.names().contains("vae.image")) {
            image = inputs.floats("vae.image", new Shapes().with("3", 3), "B 3 H W");
            long height = image.shape()[2];
            long width = image.shape()[3];
            if (height % vae.factor() != 0 || width % vae.factor() != 0) {
                throw inputs.wrong(
                        "vae.image",
                        "shape " + Arrays.toString(image.shape()),
                        "height and width in multiples of " + vae.factor());
            }
        }
        if (inputs.names().contains("vae.latent")) {
            latent = inputs.floats("vae.latent", new Shapes().with("C", vae.latentChannels()), "B C h w");
        }
        return image == null && latent == null ? null : new VaeGroup(image, latent);
    }

    @Override
    public void compute(LoadedBase base, OutputTensors outputs) {
        try (NDManager scope = base.model().newScope()) {
            if (image != null) {
                outputs.add("vae.moments", base.model().encodeImage(scope, Batches.array(scope, image)));
            }
            if (latent != null) {
                outputs.add("vae.decoded", base.model().decodeLatent(scope, Batches.array(scope, latent)));
            }
        }
    }
}
