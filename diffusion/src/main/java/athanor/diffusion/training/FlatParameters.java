package athanor.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import athanor.diffusion.program.ParameterTable;
import java.util.LinkedHashMap;
import java.util.Map;

/** Trained parameters and the optimiser's two moments, each one flat float32 vector that lives as long as its owner. */
public final class FlatParameters implements AutoCloseable {

    private final NDManager owner;
    private final NDArray values;
    private final NDArray firstMoment;
    private final NDArray secondMoment;

    public FlatParameters(NDManager parent, float[] values, float[] firstMoment, float[] secondMoment) {
        this.owner = parent.newSubManager();
        this.values = owned(values);
        this.firstMoment = owned(firstMoment);
        this.secondMoment = owned(secondMoment);
    }

    /**
     * In libtorch's own memory. Java's lies at any multiple of sixteen bytes, and the order of sums in a matrix product
     * depends on where its operands lie: a resumed run would differ in the last bit.
     */
    private NDArray owned(float[] numbers) {
        try (NDArray inJavaMemory = owner.create(numbers)) {
            return inJavaMemory.duplicate();
        }
    }

    /** What belongs to whoever owns these, and lives as long. */
    NDManager owner() {
        return owner;
    }

    static FlatParameters startingAt(NDManager parent, float[] values) {
        return new FlatParameters(parent, values, new float[values.length], new float[values.length]);
    }

    public NDArray values() {
        return values;
    }

    public NDArray firstMoment() {
        return firstMoment;
    }

    public NDArray secondMoment() {
        return secondMoment;
    }

    /** Cuts a flat vector into the named parameters of a table. */
    public static Map<String, float[]> named(ParameterTable table, float[] flat) {
        Map<String, float[]> parameters = new LinkedHashMap<>();
        table.offsets().forEach((name, offset) -> {
            float[] part = new float[table.elements(name)];
            System.arraycopy(flat, offset, part, 0, part.length);
            parameters.put(name, part);
        });
        return parameters;
    }

    /** The inverse of {@link #named}; every parameter of the table must be there with its size. */
    public static float[] flat(ParameterTable table, Map<String, float[]> parameters) {
        float[] flat = new float[table.totalElements()];
        table.offsets().forEach((name, offset) -> {
            float[] part = parameters.get(name);
            if (part == null || part.length != table.elements(name)) {
                throw new IllegalArgumentException("%s has %s numbers, wanted %d"
                        .formatted(name, part == null ? "no" : String.valueOf(part.length), table.elements(name)));
            }
            System.arraycopy(part, 0, flat, offset, part.length);
        });
        return flat;
    }

    @Override
    public void close() {
        owner.close();
    }
}
