package athanor.diffusion.network;

import athanor.diffusion.program.Ops;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The residual block of every network here (He et al. 2016; time conditioning of Ho et al. 2020, appendix B):
 * {@code shortcut(x) + conv2(act(norm2(conv1(act(norm1(x))) + time)))}.
 */
record ResnetBlock2D(
        int groups, double eps, Activation activation, int timeDim, boolean scaleShift, double outputScale) {

    /** The block of the autoencoder, which knows no time. */
    static ResnetBlock2D timeless(int groups, Activation activation) {
        return new ResnetBlock2D(groups, 1e-6, activation, 0, false, 1);
    }

    /**
     * @param x (B, in, h, w)
     * @param time (B, timeDim), null in the autoencoder
     * @return (B, out, h, w)
     */
    <T> T forward(Ops<T> ops, T x, @Nullable T time, String name, int in, int out) {
        return ops.segment(name, time == null ? List.of(x) : List.of(x, time), inputs -> {
            T input = inputs.get(0);
            T hidden = activation.apply(ops, ops.groupNorm(input, name + ".norm1", in, groups, eps));
            hidden = ops.conv2d(hidden, name + ".conv1", in, out, 3, 1, 1);
            if (inputs.size() == 1) {
                hidden = ops.groupNorm(hidden, name + ".norm2", out, groups, eps);
            } else {
                hidden = conditioned(ops, hidden, inputs.get(1), name, out);
            }
            hidden = ops.conv2d(activation.apply(ops, hidden), name + ".conv2", out, out, 3, 1, 1);
            T shortcut = in == out ? input : ops.conv2d(input, name + ".conv_shortcut", in, out, 1, 1, 0);
            T sum = ops.add(shortcut, hidden);
            return outputScale == 1 ? sum : ops.affine(sum, 1 / outputScale, 0);
        });
    }

    private <T> T conditioned(Ops<T> ops, T hidden, T time, String name, int out) {
        int width = scaleShift ? 2 * out : out;
        T shift = ops.broadcastOverPixels(
                ops.linear(activation.apply(ops, time), name + ".time_emb_proj", timeDim, width, true));
        if (!scaleShift) {
            return ops.groupNorm(ops.add(hidden, shift), name + ".norm2", out, groups, eps);
        }
        T normed = ops.groupNorm(hidden, name + ".norm2", out, groups, eps);
        T scale = ops.affine(ops.sliceChannels(shift, 0, out), 1, 1);
        return ops.add(ops.mul(normed, scale), ops.sliceChannels(shift, out, width));
    }
}
