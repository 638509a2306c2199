package athanor.diffusion.checkpoint;

import athanor.diffusion.BaseModelException;
import athanor.diffusion.safetensors.SafetensorsException;
import athanor.diffusion.safetensors.SafetensorsFile;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * A tensor as the networks want it, and where it is stored: all of a stored tensor, some of its rows, or its
 * transpose.
 *
 * @param shape as the networks want it
 * @param first index of the first value in the stored tensor
 * @param transposed whether rows and columns change places; the shape is already the new one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StoredTensor(SafetensorsFile file, String storedName, long[] shape, long first, boolean transposed) {

    public static StoredTensor whole(SafetensorsFile file, String storedName) {
        return new StoredTensor(file, storedName, storedShape(file, storedName), 0, false);
    }

    /** The {@code index}-th of {@code count} equal parts along the first dimension. */
    public StoredTensor part(int index, int count) {
        if (shape.length == 0 || shape[0] % count != 0) {
            throw wrong("a first dimension that %d parts share".formatted(count));
        }
        long[] part = shape.clone();
        part[0] /= count;
        long elements = Arrays.stream(part).reduce(1, Math::multiplyExact);
        return new StoredTensor(file, storedName, part, first + index * elements, false);
    }

    public StoredTensor transpose() {
        if (shape.length != 2) {
            throw wrong("a matrix");
        }
        return new StoredTensor(file, storedName, new long[] {shape[1], shape[0]}, first, true);
    }

    /** (O, I, 1, 1) as (O, I): a 1x1 convolution and a linear layer hold the same numbers. */
    StoredTensor withoutKernel() {
        if (shape.length == 4 && shape[2] == 1 && shape[3] == 1) {
            return new StoredTensor(file, storedName, new long[] {shape[0], shape[1]}, first, transposed);
        }
        return this;
    }

    /** Whole numbers are no weights: quantised files hold scales beside them that nothing here would apply. */
    public void read(FloatBuffer into) {
        try {
            if (!file.dtype(storedName).isFloat()) {
                throw new BaseModelException(
                        "%s: found dtype %s, wanted F64, F32, F16 or BF16".formatted(origin(), file.dtype(storedName)));
            }
            if (!transposed) {
                file.readFloats(storedName, first, into);
                return;
            }
            int columns = (int) shape[0];
            int rows = (int) shape[1];
            float[] stored = new float[Math.multiplyExact(rows, columns)];
            file.readFloats(storedName, first, FloatBuffer.wrap(stored));
            for (int column = 0; column < columns; column++) {
                for (int row = 0; row < rows; row++) {
                    into.put(stored[row * columns + column]);
                }
            }
        } catch (SafetensorsException e) {
            throw new BaseModelException(e.getMessage(), e);
        }
    }

    public String origin() {
        return "%s: tensor \"%s\"".formatted(file.file(), storedName);
    }

    private BaseModelException wrong(String wanted) {
        return new BaseModelException(
                "%s: found shape %s, wanted %s".formatted(origin(), Arrays.toString(shape), wanted));
    }

    private static long[] storedShape(SafetensorsFile file, String name) {
        try {
            return file.shape(name);
        } catch (SafetensorsException e) {
            throw new BaseModelException(e.getMessage(), e);
        }
    }
}
