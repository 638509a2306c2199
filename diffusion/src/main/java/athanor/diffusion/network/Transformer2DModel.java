package athanor.diffusion.network;

import athanor.diffusion.program.Ops;
import java.util.List;
import java.util.function.Function;

/** Transformer blocks over the pixels of a feature map, between two projections, with a residual around all of it. */
record Transformer2DModel(int groups, int textDim, boolean linearProjection, boolean onlyCross, boolean upcast) {

    /**
     * @param x (B, C, h, w)
     * @param text (B, L, textDim)
     */
    <T> T forward(Ops<T> ops, T x, T text, String name, int channels, int heads, int layers) {
        // Every head is as wide; where the channels do not divide, the projections lead to fewer and back.
        int dim = heads * (channels / heads);
        return ops.segment(name, List.of(x, text), inputs -> {
            T image = inputs.get(0);
            T normed = ops.groupNorm(image, name + ".norm", channels, groups, 1e-6);
            T sequence = linearProjection
                    ? ops.linear(ops.toSequence(normed), name + ".proj_in", channels, dim, true)
                    : ops.toSequence(ops.conv2d(normed, name + ".proj_in", channels, dim, 1, 1, 0));
            for (int i = 0; i < layers; i++) {
                String block = name + ".transformer_blocks." + i;
                Function<List<T>, T> inside = both -> BasicTransformerBlock.forward(
                        ops, both.get(0), both.get(1), block, dim, textDim, heads, onlyCross, upcast);
                List<T> read = List.of(sequence, inputs.get(1));
                // The last one ends with the transformer: a piece of its own would keep its output for little.
                sequence = i < layers - 1 ? ops.segment(block, read, inside) : inside.apply(read);
            }
            T projected = linearProjection
                    ? ops.toImage(ops.linear(sequence, name + ".proj_out", dim, channels, true), image)
                    : ops.conv2d(ops.toImage(sequence, image), name + ".proj_out", dim, channels, 1, 1, 0);
            // In this order: a sum lies in memory as its first operand does, and what was a sequence lies with its
            // channels side by side, which slows every layer behind it down.
            return ops.add(image, projected);
        });
    }
}
