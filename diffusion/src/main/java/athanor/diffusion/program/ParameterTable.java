package athanor.diffusion.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names and shapes of parameters in the order in which a definition first asked for them. */
public final class ParameterTable {

    private final Map<String, Integer> positions = new LinkedHashMap<>();
    private final List<int[]> shapes = new ArrayList<>();

    /** Position of a parameter, which is entered when it is new. */
    int position(String name, int... shape) {
        Integer known = positions.get(name);
        if (known != null) {
            if (!Arrays.equals(shapes.get(known), shape)) {
                throw new IllegalStateException("%s is used with shape %s and with shape %s"
                        .formatted(name, Arrays.toString(shapes.get(known)), Arrays.toString(shape)));
            }
            return known;
        }
        positions.put(name, shapes.size());
        shapes.add(shape.clone());
        return shapes.size() - 1;
    }

    public List<String> names() {
        return List.copyOf(positions.keySet());
    }

    public int[] shape(String name) {
        Integer position = positions.get(name);
        if (position == null) {
            throw new IllegalArgumentException("no parameter is called " + name);
        }
        return shapes.get(position).clone();
    }

    public int size() {
        return shapes.size();
    }

    /** How many numbers the parameter holds. */
    public int elements(String name) {
        return Arrays.stream(shape(name)).reduce(1, Math::multiplyExact);
    }

    /** Where each parameter starts in one flat vector of all of them. */
    public Map<String, Integer> offsets() {
        Map<String, Integer> offsets = new LinkedHashMap<>();
        int at = 0;
        for (String name : positions.keySet()) {
            offsets.put(name, at);
            at = Math.addExact(at, elements(name));
        }
        return offsets;
    }

    /** Length of the flat vector. */
    public int totalElements() {
        return positions.keySet().stream().mapToInt(this::elements).reduce(0, Math::addExact);
    }
}
