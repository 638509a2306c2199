package athanor.tools.reference;

import ai.djl.ndarray.NDArray;
import athanor.diffusion.safetensors.Dtype;
import athanor.diffusion.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Path;

/** What came out: floats as float32, ids as int64. */
final class OutputTensors {

    private final SafetensorsWriter writer = new SafetensorsWriter();

    void add(String name, NDArray array) {
        add(name, array.getShape().getShape(), array.toFloatArray());
    }

    void add(String name, long[] shape, float[] values) {
        writer.add(name, shape, values, Dtype.F32);
    }

    void addIds(String name, long[][] rows) {
        int length = rows[0].length;
        long[] flat = new long[rows.length * length];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, flat, row * length, length);
        }
        writer.addLongs(name, new long[] {rows.length, length}, flat);
    }

    void write(Path path) throws IOException {
        writer.write(path);
    }
}
