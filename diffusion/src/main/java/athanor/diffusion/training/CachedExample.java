package athanor.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.network.VaeConfig;
import athanor.diffusion.runtime.LatentCodec;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A picture as the posterior of the autoencoder. Mean and deviation are kept rather than one sample: a fresh draw in every
 * epoch is the only augmentation that these few pictures get.
 *
 * @param mean (C, h, w) flat, not scaled
 * @param deviation like mean
 * @param mask (h, w) flat, mean 1; null for all alike
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CachedExample(
        Example example, int latentWidth, int latentHeight, float[] mean, float[] deviation, float @Nullable [] mask) {

    static CachedExample encode(LatentCodec codec, Example example) {
        VaeConfig config = codec.config();
        int factor = config.factor();
        if (example.width() % factor != 0 || example.height() % factor != 0) {
            throw new IllegalArgumentException(
                    "a picture of %d x %d cannot be trained: both sides must be multiples of %d"
                            .formatted(example.width(), example.height(), factor));
        }
        int width = example.width() / factor;
        int height = example.height() / factor;
        try (NDManager scope = codec.manager().newSubManager()) {
            NDArray picture = scope.create(example.planes(), new Shape(1, 3, example.height(), example.width()));
            float[] moments = codec.encode(scope, picture).toFloatArray();
            int half = config.latentChannels() * width * height;
            float[] mean = Arrays.copyOf(moments, half);
            float[] deviation = new float[half];
            for (int i = 0; i < half; i++) {
                deviation[i] = (float) Math.exp(0.5 * Math.max(-30, Math.min(20, moments[half + i])));
            }
            return new CachedExample(example, width, height, mean, deviation, latentMask(example, factor));
        }
    }

    /** Mean of the pixels under each latent pixel, divided by the mean of all. */
    private static float @Nullable [] latentMask(Example example, int factor) {
        float[] pixels = example.mask();
        if (pixels == null) {
            return null;
        }
        int width = example.width() / factor;
        float[] mask = new float[width * (example.height() / factor)];
        double total = 0;
        for (int y = 0; y < example.height(); y++) {
            for (int x = 0; x < example.width(); x++) {
                float weight = pixels[y * example.width() + x];
                mask[y / factor * width + x / factor] += weight;
                total += weight;
            }
        }
        if (total <= 0) {
            throw new IllegalArgumentException(
                    "the mask of a picture is zero everywhere: nothing of it would be learnt");
        }
        for (int i = 0; i < mask.length; i++) {
            mask[i] *= (float) (mask.length / total);
        }
        return mask;
    }

    @SuppressWarnings("NullAway") // the checker does not see array annotations in class files
    CachedExample withoutMask() {
        return new CachedExample(example, latentWidth, latentHeight, mean, deviation, null);
    }

    /** Draws from the posterior and scales, (C, h, w) flat. */
    float[] sample(Random random, VaeConfig config) {
        float[] latent = new float[mean.length];
        for (int i = 0; i < latent.length; i++) {
            double drawn = mean[i] + deviation[i] * random.nextGaussian();
            latent[i] = (float) ((drawn - config.shiftFactor()) * config.scalingFactor());
        }
        return latent;
    }
}
