package athanor.tools.reference;

import athanor.diffusion.safetensors.FloatTensor;
import athanor.diffusion.safetensors.SafetensorsException;
import athanor.diffusion.safetensors.SafetensorsFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The input file of a comparison. Whatever is asked of it is there and has the wanted shape, or the error names it. */
final class InputTensors implements AutoCloseable {

    private final SafetensorsFile file;
    private final Set<String> unread;

    private InputTensors(SafetensorsFile file) {
        this.file = file;
        this.unread = new LinkedHashSet<>(file.names());
    }

    static InputTensors open(Path path) throws SafetensorsException {
        return new InputTensors(SafetensorsFile.open(path));
    }

    Set<String> names() {
        return file.names();
    }

    /** Whether the file has a tensor whose name begins so: then its whole group is wanted. */
    boolean hasAny(String... prefixes) {
        return file.names().stream().anyMatch(name -> Arrays.stream(prefixes).anyMatch(name::startsWith));
    }

    FloatTensor floats(String name, Shapes shapes, String wanted) throws ReferenceException, SafetensorsException {
        check(name, shapes, wanted);
        if (!file.dtype(name).isFloat()) {
            throw wrong(name, "dtype " + file.dtype(name), "float32");
        }
        return file.floats(name);
    }

    /** Whole numbers within a range; one outside of it would be read from foreign memory. */
    long[] longs(String name, Shapes shapes, String wanted, long end) throws ReferenceException, SafetensorsException {
        check(name, shapes, wanted);
        if (file.dtype(name).isFloat()) {
            throw wrong(name, "dtype " + file.dtype(name), "int64 or int32");
        }
        long[] values = file.longs(name);
        for (long value : values) {
            if (value < 0 || value >= end) {
                throw wrong(name, "the value " + value, "0 to " + (end - 1));
            }
        }
        return values;
    }

    /** Numbers of either kind, as floats: timesteps and time ids come as both. */
    FloatTensor numbers(String name, Shapes shapes, String wanted) throws ReferenceException, SafetensorsException {
        check(name, shapes, wanted);
        if (file.dtype(name).isFloat()) {
            return file.floats(name);
        }
        long[] whole = file.longs(name);
        float[] values = new float[whole.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = whole[i];
        }
        return new FloatTensor(file.shape(name), values);
    }

    long[] shape(String name) throws ReferenceException, SafetensorsException {
        mustHave(name);
        return file.shape(name);
    }

    private void check(String name, Shapes shapes, String wanted) throws ReferenceException, SafetensorsException {
        mustHave(name);
        long[] found = file.shape(name);
        if (!shapes.accept(found, wanted)) {
            throw wrong(name, "shape " + Arrays.toString(found), shapes.describe(wanted));
        }
        unread.remove(name);
    }

    private void mustHave(String name) throws ReferenceException {
        if (!file.names().contains(name)) {
            String group = name.substring(0, name.indexOf('.') + 1);
            List<String> there = file.names().stream()
                    .filter(other -> other.startsWith(group))
                    .toList();
            throw new ReferenceException("%s: tensor \"%s\" is missing beside %s"
                    .formatted(file.file(), name, there.isEmpty() ? "the metadata" : there.get(0)));
        }
    }

    ReferenceException wrong(String tensor, String found, String wanted) {
        return new ReferenceException(
                "%s: tensor \"%s\": found %s, wanted %s".formatted(file.file(), tensor, found, wanted));
    }

    /** Every tensor must have been asked for by a group. */
    void mustBeReadWhole(boolean sdxl) throws ReferenceException {
        if (!unread.isEmpty()) {
            throw new ReferenceException("%s: tensor \"%s\" is unknown to a base with %s"
                    .formatted(file.file(), unread.iterator().next(), sdxl ? "two text encoders" : "one text encoder"));
        }
    }

    boolean hasText(String key) {
        return file.metadata().containsKey(key);
    }

    String text(String key) throws ReferenceException {
        String value = file.metadata().get(key);
        if (value == null) {
            throw new ReferenceException("%s: the metadata has no \"%s\"".formatted(file.file(), key));
        }
        return value;
    }

    double number(String key, double least, double most) throws ReferenceException {
        String value = text(key);
        try {
            double number = Double.parseDouble(value.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // the sentence below says it
        }
        throw wrongText(key, value, "a number from %s to %s".formatted(least, most));
    }

    int whole(String key, int least, int most) throws ReferenceException {
        double number = number(key, least, most);
        if (number != Math.rint(number)) {
            throw wrongText(key, text(key), "a whole number");
        }
        return (int) number;
    }

    ReferenceException wrongText(String key, String found, String wanted) {
        return new ReferenceException(
                "%s: metadata \"%s\" is %s, wanted %s".formatted(file.file(), key, found, wanted));
    }

    @Override
    public void close() {
        file.close();
    }
}
