package athanor.diffusion.program;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The operators that the networks are written in, named as in PyTorch and generic in what a value is: to {@link Emitter} an
 * expression of the program that it writes, to the tests that cross-check it an array.
 *
 * <p>Layers with weights take the layer's name in the checkpoint ({@code down_blocks.0.resnets.0.conv1}); the backend adds
 * {@code .weight} and {@code .bias}. So a definition is at the same time the list of the keys and shapes that a checkpoint
 * must have.
 *
 * @param <T> a value, see above
 */
public interface Ops<T> {

    /** A tensor of the checkpoint as it is. */
    T parameter(String name, int... shape);

    /** Square convolution with bias, (B, in, h, w) to (B, out, h', w'). */
    T conv2d(T x, String layer, int in, int out, int kernel, int stride, int padding);

    /**
     * Nearest-neighbour enlargement, then a 3x3 convolution with bias, (B, in, h, w) to (B, out, h', w').
     *
     * @param like has the height and width that are wanted; null for twice those of x
     */
    T upsampledConv2d(T x, @Nullable T like, String layer, int in, int out);

    /** {@code y = x W^T + b} over the last axis, (..., in) to (..., out). */
    T linear(T x, String layer, int in, int out, boolean bias);

    /** Group normalisation over axis 1 with scale and shift. */
    T groupNorm(T x, String layer, int channels, int groups, double eps);

    /** Layer normalisation over the last axis with scale and shift. */
    T layerNorm(T x, String layer, int channels, double eps);

    /** Rows of a table, (B, L) whole numbers to (B, L, dim). */
    T embedding(T ids, String layer, int rows, int dim);

    T silu(T x);

    /** The exact GELU, by the error function. */
    T gelu(T x);

    /** {@code x / 2 * (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))}, the approximation of Hendrycks and Gimpel 2016. */
    T geluTanh(T x);

    /** {@code x * sigmoid(1.702 x)}, CLIP's own approximation. */
    T quickGelu(T x);

    T relu(T x);

    T mish(T x);

    T add(T a, T b);

    T mul(T a, T b);

    /** {@code a * factor + shift}. */
    T affine(T a, double factor, double shift);

    /** Joins along axis 1. */
    T concatChannels(T a, T b);

    /** Joins along the last axis. */
    T concatLast(T a, T b);

    /** A piece of the last axis. */
    T sliceLast(T x, int start, int end);

    /** The first {@code L} rows of a (rows, dim) table, L being the length of {@code like} (B, L, ...); result (1, L, dim). */
    T firstRows(T table, T like);

    /** A piece of axis 1, (B, C, ...) to (B, end - start, ...). */
    T sliceChannels(T x, int start, int end);

    /** Nearest-neighbour enlargement of (B, C, h, w) to the height and width of {@code like}. */
    T upsampleNearestLike(T x, T like);

    /** One column of zeros at the right and one row at the bottom. */
    T padRightBottom(T x);

    /**
     * Multi-head attention without projections (Vaswani et al. 2017, eq. 1), (B, N, C) with (B, M, C) to (B, N, C).
     *
     * @param causal a token sees only itself and those before it
     * @param upcast scores in float32 whatever the compute type is
     */
    T scaledDotProductAttention(T query, T key, T value, int heads, boolean causal, boolean upcast);

    /** (B, C, h, w) to (B, h w, C). */
    T toSequence(T image);

    /** (B, h w, C) to (B, C, h, w) with the height and width of {@code like}. */
    T toImage(T sequence, T like);

    /** (B, C) to (B, C, 1, 1). */
    T broadcastOverPixels(T x);

    /** (B, k, n) to (B, k n). */
    T flattenFromOne(T x);

    /**
     * Sinusoidal embedding of numbers (Vaswani et al. 2017, section 3.5), (B) to (B, dim) or (B, k) to (B, k, dim), float32.
     *
     * @param flipSinToCos cosines first
     * @param frequencyShift subtracted from dim / 2 in the exponent's divisor
     */
    T timestepEmbedding(T numbers, int dim, boolean flipSinToCos, double frequencyShift);

    /** Row {@code position[b]} of each sequence, (B, L, D) and (B) to (B, D). */
    T rowAt(T sequence, T position);

    /** Position of the largest id in each row, (B, L) to (B). */
    T positionOfLargest(T ids);

    /** Position of the first {@code id} in each row, (B, L) to (B). */
    T positionOfFirst(T ids, int id);

    /** Casts a float input to the type that the network computes in. */
    T toComputeType(T x);

    /**
     * Marks a part of the network whose inside may be computed again in the backward pass instead of being kept.
     *
     * @param inputs everything that the body reads besides weights
     */
    default T segment(String name, List<T> inputs, Function<List<T>, T> body) {
        return body.apply(inputs);
    }
}
