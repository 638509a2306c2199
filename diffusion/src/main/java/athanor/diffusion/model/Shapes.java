package athanor.diffusion.model;

import java.util.Set;

/** Names and shapes of one part's tensors in a file, the part's prefix taken off. */
interface Shapes {

    Set<String> names();

    /** @throws BaseModelException naming the tensor when it is not there */
    long[] of(String name);

    default boolean has(String name) {
        return names().contains(name);
    }

    default int size(String name, int dimension) {
        long[] shape = of(name);
        if (shape.length <= dimension || shape[dimension] > 1 << 24) {
            throw new BaseModelException("tensor \"%s\": found %s, wanted a shape that can be a network's"
                    .formatted(name, java.util.Arrays.toString(shape)));
        }
        return (int) shape[dimension];
    }

    /** How many of {@code prefix0.suffix, prefix1.suffix, ...} are there. */
    default int count(String prefix, String suffix) {
        int count = 0;
        while (has(prefix + count + suffix)) {
            count++;
        }
        return count;
    }
}
