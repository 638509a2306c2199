package athanor.diffusion.lora;

import athanor.diffusion.safetensors.FloatTensor;
import java.util.Arrays;

/**
 * The low-rank detour of one layer, {@code y = W x + strength * alpha / r * B (A x)} (Hu et al. 2021, section 4.1).
 *
 * @param key kohya's name of the layer, {@code lora_unet_mid_block_attentions_0_proj_in}
 * @param down A: (r, in), or (r, in, k, k) of a convolution
 * @param up B: (out, r), or (out, r, 1, 1)
 * @param alpha divided by r it scales the detour
 */
public record LoraLayer(String key, FloatTensor down, FloatTensor up, float alpha) {

    public LoraLayer {
        checkSides(key, down, up);
    }

    public int rank() {
        return (int) down.shape()[0];
    }

    /**
     * Frobenius norm of {@code alpha / r * B A}, by the Gram matrices of the factors: B A itself has as many numbers as the layer.
     * Exactly 0 where B is zero.
     */
    public double changeNorm() {
        int rank = rank();
        float[] a = down.values();
        float[] b = up.values();
        int in = a.length / rank;
        int out = b.length / rank;
        double square = 0;
        for (int i = 0; i < rank; i++) {
            for (int j = 0; j <= i; j++) {
                double ofB = 0;
                for (int o = 0; o < out; o++) {
                    ofB += (double) b[o * rank + i] * b[o * rank + j];
                }
                double ofA = 0;
                for (int k = 0; k < in && ofB != 0; k++) {
                    ofA += (double) a[i * in + k] * a[j * in + k];
                }
                square += (i == j ? 1 : 2) * ofA * ofB;
            }
        }
        return Math.abs(alpha) / rank * Math.sqrt(Math.max(0, square));
    }

    private static void checkSides(String key, FloatTensor down, FloatTensor up) {
        int downSides = down.shape().length;
        int upSides = up.shape().length;
        boolean pointwise = upSides == 2 || upSides == 4 && up.shape()[2] == 1 && up.shape()[3] == 1;
        boolean paired = (downSides == 2 || downSides == 4) && pointwise && down.shape()[0] == up.shape()[1];
        if (!paired || !isCountable(down) || !isCountable(up)) {
            throw new LoraFileException(
                    "layer %s: found lora_down %s and lora_up %s, wanted (rank, in) and (out, rank), or with a kernel behind"
                            .formatted(key, Arrays.toString(down.shape()), Arrays.toString(up.shape())));
        }
    }

    /** An empty side would let the others be of any length. */
    private static boolean isCountable(FloatTensor factor) {
        return Arrays.stream(factor.shape()).allMatch(side -> side >= 1 && side <= Integer.MAX_VALUE);
    }
}
