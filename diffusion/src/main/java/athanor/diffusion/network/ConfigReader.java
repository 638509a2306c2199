package athanor.diffusion.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Typed access to a {@code config.json}; a missing or null key means the reference's own default. */
final class ConfigReader {

    /** Far more than any network has, and little enough that a program of it can still be printed. */
    private static final int MOST_LAYERS = 256;

    private static final int LARGEST = 1_000_000;

    private final String part;
    private final Map<String, ?> json;

    /** @param part named in errors, for example {@code unet} */
    ConfigReader(String part, Map<String, ?> json) {
        this.part = part;
        this.json = json;
    }

    boolean has(String key) {
        return json.get(key) != null;
    }

    int integer(String key, int whenMissing) {
        Object value = json.get(key);
        if (value == null) {
            return whenMissing;
        }
        return whole(key, value, value);
    }

    private int whole(String key, Object all, Object value) {
        if (value instanceof Number number
                && number.doubleValue() == Math.rint(number.doubleValue())
                && number.doubleValue() >= 0
                && number.doubleValue() <= LARGEST) {
            return number.intValue();
        }
        throw wrong(key, all, "whole numbers from 0 to " + LARGEST);
    }

    double number(String key, double whenMissing) {
        Object value = json.get(key);
        if (value == null) {
            return whenMissing;
        }
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw wrong(key, value, "a finite number");
    }

    /** What is added below a root, so that nothing is divided by zero. */
    double epsilon(String key, double whenMissing) {
        double value = number(key, whenMissing);
        if (value < 0) {
            throw wrong(key, value, "a number from 0 up");
        }
        return value;
    }

    /** What something is divided by. */
    double divisor(String key, double whenMissing) {
        double value = number(key, whenMissing);
        if (value == 0) {
            throw wrong(key, value, "a number other than 0");
        }
        return value;
    }

    /** One truth for all levels, or a list with one for each. */
    List<Boolean> flagsPerLevel(String key, int levels, boolean whenMissing) {
        if (json.get(key) instanceof List<?> list) {
            if (list.size() != levels || !list.stream().allMatch(Boolean.class::isInstance)) {
                throw wrong(key, list, "true, false or a list of %d of them".formatted(levels));
            }
            return list.stream().map(Boolean.TRUE::equals).toList();
        }
        return Collections.nCopies(levels, flag(key, whenMissing));
    }

    boolean flag(String key, boolean whenMissing) {
        Object value = json.get(key);
        if (value == null) {
            return whenMissing;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrong(key, value, "true or false");
    }

    String text(String key, String whenMissing) {
        Object value = json.get(key);
        return value == null ? whenMissing : value.toString();
    }

    @Nullable
    String textOrNull(String key) {
        Object value = json.get(key);
        return value == null ? null : value.toString();
    }

    List<String> texts(String key, List<String> whenMissing) {
        Object value = json.get(key);
        if (value == null) {
            return whenMissing;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        throw wrong(key, value, "a list of names");
    }

    List<Integer> integers(String key, List<Integer> whenMissing) {
        Object value = json.get(key);
        return value == null ? whenMissing : integerList(key, value);
    }

    /** A whole number for every level, or a list with one for each. */
    List<Integer> integersPerLevel(String key, int levels, int whenMissing) {
        Object value = json.get(key);
        if (value instanceof List<?>) {
            List<Integer> list = integerList(key, value);
            if (list.size() != levels) {
                throw wrong(key, value, "one number or " + levels);
            }
            return list;
        }
        return Collections.nCopies(levels, integer(key, whenMissing));
    }

    private List<Integer> integerList(String key, Object value) {
        if (!(value instanceof List<?> list)) {
            throw wrong(key, value, "a list of whole numbers");
        }
        List<Integer> integers = new ArrayList<>();
        for (Object element : list) {
            integers.add(whole(key, value, element));
        }
        return integers;
    }

    /** Refuses what would take a network without end. */
    int layers(String key, int whenMissing) {
        return notEndless(key, integer(key, whenMissing));
    }

    /** One number for each level. */
    List<Integer> layersPerLevel(String key, int levels, int whenMissing) {
        List<Integer> layers = integersPerLevel(key, levels, whenMissing);
        layers.forEach(count -> notEndless(key, count));
        return layers;
    }

    private int notEndless(String key, int count) {
        if (count > MOST_LAYERS) {
            throw wrong(key, count, "at most " + MOST_LAYERS);
        }
        return count;
    }

    /** Channels must fall into equal parts: heads, groups. */
    void mustDivide(String key, int parts, int channels) {
        if (parts < 1 || channels < 1 || channels % parts != 0) {
            throw wrong(key, parts, "a divisor of the %d channels".formatted(channels));
        }
    }

    /** No more parts than channels, so that none is empty. */
    void mustBeAtMost(String key, int count, int channels) {
        if (count < 1 || count > channels) {
            throw wrong(key, count, "1 to the %d channels".formatted(channels));
        }
    }

    /** Refuses a setting that changes the architecture to one that is not built here. */
    void mustBeAbsent(String key) {
        Object value = json.get(key);
        if (value != null && !Boolean.FALSE.equals(value)) {
            throw wrong(key, value, "nothing: this architecture is not supported");
        }
    }

    void mustBe(String key, String supported) {
        Object value = json.get(key);
        if (value != null && !supported.equals(value.toString())) {
            throw wrong(key, value, supported);
        }
    }

    UnknownArchitectureException wrong(String key, Object found, String wanted) {
        return new UnknownArchitectureException(
                "%s/config.json: %s is %s, wanted %s".formatted(part, key, found, wanted));
    }
}
