package athanor.tools.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.safetensors.FloatTensor;
import java.util.Arrays;

/** Tensors that hold one batch after another, (K, B, ...), and their way to the device. */
final class Batches {

    private Batches() {}

    static NDArray array(NDManager scope, FloatTensor tensor) {
        return scope.create(tensor.values(), new Shape(tensor.shape()));
    }

    /** The k-th batch of (K, ...). */
    static NDArray array(NDManager scope, FloatTensor batches, int k) {
        long[] shape = Arrays.copyOfRange(batches.shape(), 1, batches.shape().length);
        int size = batches.values().length / Math.toIntExact(batches.shape()[0]);
        return scope.create(Arrays.copyOfRange(batches.values(), k * size, (k + 1) * size), new Shape(shape));
    }

    /** Rows of token ids: the k-th (B, L) of a flat (K, B, L). */
    static long[][] rows(long[] flat, int k, int pictures, int length) {
        long[][] rows = new long[pictures][];
        for (int b = 0; b < pictures; b++) {
            int from = (k * pictures + b) * length;
            rows[b] = Arrays.copyOfRange(flat, from, from + length);
        }
        return rows;
    }
}
