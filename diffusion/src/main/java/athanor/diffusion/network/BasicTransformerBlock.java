package athanor.diffusion.network;

import athanor.diffusion.program.Ops;

/** Self-attention, attention to the text, feed-forward with GEGLU (Shazeer 2020), each after a norm and with a residual. */
final class BasicTransformerBlock {

    private BasicTransformerBlock() {}

    /**
     * @param x (B, N, dim)
     * @param text (B, L, textDim)
     * @param onlyCross the first attention looks at the text too
     */
    static <T> T forward(
            Ops<T> ops, T x, T text, String name, int dim, int textDim, int heads, boolean onlyCross, boolean upcast) {
        T normed = ops.layerNorm(x, name + ".norm1", dim, 1e-5);
        T hidden = ops.add(
                x,
                Attention.forward(
                        ops,
                        normed,
                        onlyCross ? text : normed,
                        name + ".attn1",
                        dim,
                        onlyCross ? textDim : dim,
                        heads,
                        upcast));
        normed = ops.layerNorm(hidden, name + ".norm2", dim, 1e-5);
        hidden = ops.add(hidden, Attention.forward(ops, normed, text, name + ".attn2", dim, textDim, heads, upcast));
        normed = ops.layerNorm(hidden, name + ".norm3", dim, 1e-5);
        return ops.add(hidden, feedForward(ops, normed, name + ".ff", dim));
    }

    /** GEGLU: {@code W2 (a * gelu(b))} with a and b the two halves of {@code W1 x}, four times as wide as x. */
    private static <T> T feedForward(Ops<T> ops, T x, String name, int dim) {
        int inner = 4 * dim;
        T both = ops.linear(x, name + ".net.0.proj", dim, 2 * inner, true);
        T gated = ops.mul(ops.sliceLast(both, 0, inner), ops.gelu(ops.sliceLast(both, inner, 2 * inner)));
        return ops.linear(gated, name + ".net.2", inner, dim, true);
    }
}
