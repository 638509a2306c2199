package athanor.tinybase.pretrain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Weights of one layer with their shape. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record NamedTensor(int[] shape, float[] values) {

    static Map<String, NamedTensor> of(Map<String, float[]> values, Function<String, int[]> shapes) {
        Map<String, NamedTensor> tensors = new LinkedHashMap<>();
        values.forEach((name, numbers) -> tensors.put(name, new NamedTensor(shapes.apply(name), numbers)));
        return tensors;
    }

    long[] longShape() {
        long[] longs = new long[shape.length];
        for (int i = 0; i < shape.length; i++) {
            longs[i] = shape[i];
        }
        return longs;
    }
}
