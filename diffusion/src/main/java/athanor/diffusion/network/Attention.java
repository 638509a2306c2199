package athanor.diffusion.network;

import athanor.diffusion.program.Ops;

/** Multi-head attention with its four projections (Vaswani et al. 2017, section 3.2.2). */
final class Attention {

    private Attention() {}

    /**
     * Self- or cross-attention of a transformer block.
     *
     * @param x (B, N, dim)
     * @param context what is attended to, (B, M, contextDim); {@code x} itself in self-attention
     * @return (B, N, dim)
     */
    static <T> T forward(Ops<T> ops, T x, T context, String name, int dim, int contextDim, int heads, boolean upcast) {
        T query = ops.linear(x, name + ".to_q", dim, dim, false);
        T key = ops.linear(context, name + ".to_k", contextDim, dim, false);
        T value = ops.linear(context, name + ".to_v", contextDim, dim, false);
        T attended = ops.scaledDotProductAttention(query, key, value, heads, false, upcast);
        return ops.linear(attended, name + ".to_out.0", dim, dim, true);
    }

    /** The autoencoder's single-head attention over the pixels of (B, C, h, w), with norm and residual. */
    static <T> T overPixels(Ops<T> ops, T x, String name, int channels, int groups) {
        T sequence = ops.toSequence(ops.groupNorm(x, name + ".group_norm", channels, groups, 1e-6));
        T query = ops.linear(sequence, name + ".to_q", channels, channels, true);
        T key = ops.linear(sequence, name + ".to_k", channels, channels, true);
        T value = ops.linear(sequence, name + ".to_v", channels, channels, true);
        T attended = ops.scaledDotProductAttention(query, key, value, 1, false, false);
        T projected = ops.linear(attended, name + ".to_out.0", channels, channels, true);
        return ops.add(x, ops.toImage(projected, x));
    }
}
