package athanor.tinybase.judge;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.runtime.LatentCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Encodes 64x64 pictures with a base's autoencoder (to the mean of the latents) and decodes them: what is left is the most that
 * any picture of this base can show.
 */
public record RoundTrip(BaseModel base) implements UnaryOperator<List<float[]>> {

    private static final int SIDE = 64;

    @Override
    public List<float[]> apply(List<float[]> pictures) {
        List<float[]> decoded = new ArrayList<>();
        try (LatentCodec codec = LatentCodec.load(base.vaeConfig(), base.vae(), ComputeOptions.CPU)) {
            for (float[] picture : pictures) {
                try (NDManager scope = codec.manager().newSubManager()) {
                    NDArray moments = codec.encode(scope, scope.create(picture, new Shape(1, 3, SIDE, SIDE)));
                    NDArray mean = moments.split(2, 1).get(0);
                    decoded.add(codec.decode(scope, mean).toFloatArray());
                }
            }
        }
        return decoded;
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
