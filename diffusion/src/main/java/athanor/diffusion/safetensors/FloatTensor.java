package athanor.diffusion.safetensors;

import java.util.Arrays;

/**
 * A small tensor in Java memory.
 *
 * @param shape outermost dimension first; empty for a scalar
 * @param values row-major, as many as the shape says
 */
@SuppressWarnings("ArrayRecordComponent") // equality of two tensors is spelled out below
public record FloatTensor(long[] shape, float[] values) {

    public FloatTensor {
        long wanted = 1;
        for (long side : shape) {
            wanted = Math.multiplyExact(wanted, side);
        }
        if (wanted != values.length) {
            throw new IllegalArgumentException("a tensor of shape %s has %d values, got %d"
                    .formatted(Arrays.toString(shape), wanted, values.length));
        }
    }

    public static FloatTensor scalar(float value) {
        return new FloatTensor(new long[0], new float[] {value});
    }

    /** The same values under another shape of the same size. */
    public FloatTensor reshape(long... newShape) {
        return new FloatTensor(newShape, values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FloatTensor that
                && Arrays.equals(shape, that.shape)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "FloatTensor" + Arrays.toString(shape);
    }
}
