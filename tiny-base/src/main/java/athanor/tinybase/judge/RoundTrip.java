package athanor.tinybase.judge;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.runtime.LatentCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Encodes 64x64 pictures with a base's autoencoder (to the mean of the latents) and decodes them: what is left is the most that
 * any picture of this base can show.
 *
 * @param carelessness 0 for that; above, what a poor denoiser does on top: up to so much noise in the latents (their
 *     deviation is 1) and up to half so much of another picture shining through
 */
public record RoundTrip(BaseModel base, double carelessness) implements UnaryOperator<List<float[]>> {

    private static final int SIDE = 64;
    private static final long SEED = 31;

    public RoundTrip(BaseModel base) {
        this(base, 0);
    }

    @Override
    public List<float[]> apply(List<float[]> pictures) {
        Random random = new Random(SEED);
        List<float[]> decoded = new ArrayList<>();
        try (LatentCodec codec = LatentCodec.load(base.vaeConfig(), base.vae(), ComputeOptions.CPU);
                NDManager owner = codec.manager().newSubManager()) {
            float[] before = {};
            for (float[] picture : pictures) {
                try (NDManager scope = owner.newSubManager()) {
                    NDArray moments = codec.encode(scope, scope.create(picture, new Shape(1, 3, SIDE, SIDE)));
                    NDArray mean = moments.split(2, 1).get(0);
                    float[] latent = mean.toFloatArray();
                    float[] spoilt = spoil(latent, before, random);
                    before = latent;
                    decoded.add(codec.decode(scope, scope.create(spoilt, mean.getShape()))
                            .toFloatArray());
                }
            }
        }
        return decoded;
    }

    private float[] spoil(float[] latent, float[] other, Random random) {
        if (carelessness == 0) {
            return latent;
        }
        double noise = carelessness * random.nextDouble();
        double mix = other.length == 0 ? 0 : carelessness / 2 * random.nextDouble();
        float[] spoilt = new float[latent.length];
        for (int i = 0; i < spoilt.length; i++) {
            double ghost = mix == 0 ? 0 : mix * (other[i] - latent[i]);
            spoilt[i] = (float) (latent[i] + ghost + noise * random.nextGaussian());
        }
        return spoilt;
    }

    /** @return peak signal-to-noise ratio of the round trip, decibel */
    public double psnr(List<float[]> pictures) {
        List<float[]> decoded = apply(pictures);
        double sum = 0;
        long count = 0;
        for (int i = 0; i < pictures.size(); i++) {
            for (int k = 0; k < pictures.get(i).length; k++) {
                double error = pictures.get(i)[k] - Math.max(-1, Math.min(1, decoded.get(i)[k]));
                sum += error * error;
                count++;
            }
        }
        return 10 * Math.log10(4 * count / sum);
    }
}
