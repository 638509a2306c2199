package athanor.tinybase.pretrain;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.network.VaeConfig;
import athanor.diffusion.runtime.LatentCodec;
import athanor.tinybase.world.Painter;
import athanor.tinybase.world.Pixels;
import athanor.tinybase.world.Scene;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Gives every latent channel mean 0 and deviation 1 over the world without leaving the file format: the two numbers of each
 * channel are folded into the 1x1 convolutions {@code quant_conv} and {@code post_quant_conv}. So the scaling factor is 1.
 */
record Whitening(double[] mean, double[] deviation) {

    private static final int PICTURES = 512;
    private static final int BATCH = 32;

    static Whitening measure(LatentCodec codec, long seed) {
        VaeConfig config = codec.config();
        int side = TinyArchitecture.SIDE;
        int channels = config.latentChannels();
        int pixels = (side / config.factor()) * (side / config.factor());
        double[] sum = new double[channels];
        double[] squares = new double[channels];
        Random random = new Random(seed);
        for (int done = 0; done < PICTURES; done += BATCH) {
            float[] pictures = new float[BATCH * 3 * side * side];
            for (int i = 0; i < BATCH; i++) {
                float[] planes = Pixels.toPlanes(Painter.paint(Scene.random(random), side, side));
                System.arraycopy(planes, 0, pictures, i * planes.length, planes.length);
            }
            try (NDManager scope = codec.manager().newSubManager()) {
                float[] moments = codec.encode(scope, scope.create(pictures, new Shape(BATCH, 3, side, side)))
                        .toFloatArray();
                for (int i = 0; i < moments.length; i++) {
                    int channel = i / pixels % (2 * channels);
                    if (channel < channels) {
                        sum[channel] += moments[i];
                        squares[channel] += moments[i] * moments[i];
                    }
                }
            }
        }
        double count = (double) PICTURES * pixels;
        double[] mean = new double[channels];
        double[] deviation = new double[channels];
        for (int c = 0; c < channels; c++) {
            mean[c] = sum[c] / count;
            deviation[c] = Math.sqrt(squares[c] / count - mean[c] * mean[c]);
        }
        return new Whitening(mean, deviation);
    }

    /** {@code z' = (z - mean) / deviation} after encoding, {@code z = z' deviation + mean} before decoding. */
    Map<String, NamedTensor> fold(Map<String, NamedTensor> weights) {
        Map<String, NamedTensor> folded = new LinkedHashMap<>(weights);
        int channels = mean.length;
        NamedTensor quantWeight = copy(folded, "quant_conv.weight");
        NamedTensor quantBias = copy(folded, "quant_conv.bias");
        NamedTensor postWeight = copy(folded, "post_quant_conv.weight");
        NamedTensor postBias = copy(folded, "post_quant_conv.bias");
        int in = 2 * channels;
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < in; i++) {
                quantWeight.values()[c * in + i] /= (float) deviation[c];
            }
            quantBias.values()[c] = (float) ((quantBias.values()[c] - mean[c]) / deviation[c]);
            quantBias.values()[channels + c] -= (float) (2 * Math.log(deviation[c])); // a log variance
            for (int out = 0; out < channels; out++) {
                float weight = postWeight.values()[out * channels + c];
                postBias.values()[out] += (float) (weight * mean[c]);
                postWeight.values()[out * channels + c] = (float) (weight * deviation[c]);
            }
        }
        return folded;
    }

    private static NamedTensor copy(Map<String, NamedTensor> weights, String name) {
        NamedTensor tensor = weights.get(name);
        if (tensor == null) {
            throw new IllegalStateException("the autoencoder has no " + name);
        }
        NamedTensor copy = new NamedTensor(tensor.shape(), tensor.values().clone());
        weights.put(name, copy);
        return copy;
    }
}
