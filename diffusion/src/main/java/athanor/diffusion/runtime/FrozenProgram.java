package athanor.diffusion.runtime;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.BaseModelException;
import athanor.diffusion.checkpoint.Weights;
import athanor.diffusion.program.ParameterTable;
import athanor.diffusion.program.TorchProgram;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Fills the weights of a program from a checkpoint, one tensor at a time: read as float32 into one of two buffers that all share,
 * narrowed and copied inside libtorch while the next is read. So a base never stands in memory twice and bfloat16 never is a Java
 * array.
 */
public final class FrozenProgram {

    private FrozenProgram() {}

    /**
     * @param table what the program wants, in the order it wants it; names carry the network in front
     * @param networks weights by network prefix, {@code unet/}
     * @throws BaseModelException for a tensor that is missing, left over, of another shape or not finite
     */
    public static void fill(TorchProgram program, ParameterTable table, Map<String, Weights> networks) {
        check(table, networks);
        try (ReadAhead weights = new ReadAhead(table, networks)) {
            for (String name : table.names()) {
                add(program, table, networks, name, weights.next());
            }
        }
    }

    private static void add(
            TorchProgram program, ParameterTable table, Map<String, Weights> networks, String name, ByteBuffer values) {
        try (NDManager scope = program.manager().newSubManager()) {
            NDArray tensor = scope.create(values, shape(table.shape(name)), DataType.FLOAT32);
            // What is made without gradients is an "inference tensor", which no backward pass may use later.
            float sum = program.callWithGradients(scope, "add_weight", tensor)
                    .get(0)
                    .getFloat();
            if (!Float.isFinite(sum)) {
                mustBeFinite(weightsOf(networks, name).origin(plain(name)), values.asFloatBuffer());
            }
        }
    }

    /** A sum also overflows where every number is finite, and that is no fault. */
    private static void mustBeFinite(String origin, FloatBuffer values) {
        for (int i = 0; i < values.limit(); i++) {
            float value = values.get(i);
            if (!Float.isFinite(value)) {
                throw new BaseModelException(
                        "%s: found %s at element %d, wanted finite numbers; the base is damaged, take another copy"
                                .formatted(origin, Float.isNaN(value) ? "NaN" : "infinity", i));
            }
        }
    }

    /** What {@link #fill} checks, for those who want to know before they compile. */
    static void check(ParameterTable table, Map<String, Weights> networks) {
        Set<String> wanted = new HashSet<>(table.names());
        for (String name : table.names()) {
            Weights weights = weightsOf(networks, name);
            if (!weights.names().contains(plain(name))) {
                throw new BaseModelException(
                        "%s: found no tensor for %s, wanted one of shape %s; the base is incomplete"
                                .formatted(weights.origin(), plain(name), Arrays.toString(table.shape(name))));
            }
            long[] found = weights.shape(plain(name));
            long[] asked = Arrays.stream(table.shape(name)).asLongStream().toArray();
            if (!Arrays.equals(found, asked)) {
                throw new BaseModelException("%s: the tensor %s has shape %s, the configuration wants %s"
                        .formatted(
                                weights.origin(plain(name)),
                                plain(name),
                                Arrays.toString(found),
                                Arrays.toString(asked)));
            }
        }
        networks.forEach((prefix, weights) -> {
            for (String name : weights.names()) {
                if (!wanted.contains(prefix + name) && !name.endsWith("position_ids")) {
                    throw new BaseModelException(
                            "%s: the tensor %s belongs to no layer that the configuration describes"
                                    .formatted(weights.origin(name), name));
                }
            }
        });
    }

    static Weights weightsOf(Map<String, Weights> networks, String name) {
        Weights weights = networks.get(network(name));
        if (weights == null) {
            throw new IllegalArgumentException("no weights were given for " + network(name));
        }
        return weights;
    }

    private static String network(String name) {
        return name.substring(0, name.indexOf('/') + 1);
    }

    static String plain(String name) {
        return name.substring(name.indexOf('/') + 1);
    }

    private static Shape shape(int[] dimensions) {
        return new Shape(Arrays.stream(dimensions).asLongStream().toArray());
    }
}
