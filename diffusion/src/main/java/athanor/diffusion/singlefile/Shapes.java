package athanor.diffusion.singlefile;

import athanor.diffusion.BaseModelException;
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
            throw wrong("tensor \"%s\": found %s, wanted a shape that can be a network's"
                    .formatted(name, java.util.Arrays.toString(shape)));
        }
        return (int) shape[dimension];
    }

    /**
     * How many of {@code prefix0.suffix, prefix1.suffix, ...} are there.
     *
     * @throws BaseModelException naming the first that is not there, where one with a higher number has tensors
     */
    default int count(String prefix, String suffix) {
        int count = 0;
        while (has(prefix + count + suffix)) {
            count++;
        }
        if (hasFrom(prefix, count)) {
            of(prefix + count + suffix);
        }
        return count;
    }

    /** Whether any name starts with the prefix, a number from {@code first} up and a dot. */
    default boolean hasFrom(String prefix, int first) {
        for (String name : names()) {
            int dot = name.startsWith(prefix) ? name.indexOf('.', prefix.length()) : -1;
            // no file has blocks with numbers of more than four digits
            if (dot > prefix.length() && dot <= prefix.length() + 4) {
                String number = name.substring(prefix.length(), dot);
                if (number.chars().allMatch(c -> c >= '0' && c <= '9') && Integer.parseInt(number) >= first) {
                    return true;
                }
            }
        }
        return false;
    }

    default BaseModelException wrong(String sentence) {
        return new BaseModelException(sentence);
    }
}
