package athanor.tools.reference;

import athanor.diffusion.program.ParameterTable;
import athanor.diffusion.safetensors.FloatTensor;
import athanor.diffusion.safetensors.SafetensorsException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The LoRA that a training starts from, as {@code lora.<kohya key>.lora_down.weight}, {@code .lora_up.weight} and
 * {@code .alpha}, all of one rank and alpha.
 */
final class Adapter {

    private static final String PREFIX = "lora.";
    private static final String DOWN = ".lora_down.weight";
    private static final String UP = ".lora_up.weight";

    private final int rank;
    private final double alpha;

    /** kohya key by layer name. */
    private final Map<String, String> keys = new LinkedHashMap<>();

    /** Factors by parameter name, {@code unet/....lora_down.weight}. */
    private final Map<String, FloatTensor> factors = new HashMap<>();

    private boolean text;

    private Adapter(int rank, double alpha) {
        this.rank = rank;
        this.alpha = alpha;
    }

    static Adapter read(InputTensors inputs, AdaptableLayers layers) throws ReferenceException, SafetensorsException {
        Adapter adapter = new Adapter(inputs.whole("rank", 1, 65_536), inputs.number("alpha", 1e-6, 1e6));
        Set<String> keys = inputs.names().stream()
                .filter(name -> name.startsWith(PREFIX))
                .map(name -> name.substring(PREFIX.length()).replaceFirst("\\..*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        for (String key : keys) {
            adapter.add(key, inputs, layers);
        }
        if (keys.isEmpty()) {
            inputs.shape(PREFIX + "<key>" + DOWN); // says that it is missing
        }
        return adapter;
    }

    private void add(String key, InputTensors inputs, AdaptableLayers layers)
            throws ReferenceException, SafetensorsException {
        String name = PREFIX + key;
        AdaptableLayers.Layer layer = layers.at(key);
        if (layer == null) {
            throw inputs.wrong(
                    name, "a key that means no layer of this base", "a kohya key of a linear layer or convolution");
        }
        if (keys.putIfAbsent(layer.name(), key) != null) {
            throw inputs.wrong(name, "a second adapter for " + layer.name(), "one");
        }
        text |= layer.isText();
        Shapes shapes = new Shapes().with("r", rank).with("out", layer.out());
        factors.put(
                layer.name() + DOWN, inputs.floats(name + DOWN, shapes, "r" + sides(shapes, layer.downSides(), "in")));
        factors.put(layer.name() + UP, inputs.floats(name + UP, shapes, "out r" + sides(shapes, layer.upSides(), "k")));
        float own = inputs.floats(name + ".alpha", shapes, "").values()[0];
        if (!(Math.abs(own - alpha) <= 1e-3 * alpha)) { // not the other way round: NaN is no such alpha either
            throw inputs.wrong(name + ".alpha", String.valueOf(own), "the metadata's alpha " + alpha);
        }
    }

    private static String sides(Shapes shapes, int[] sides, String letter) {
        return IntStream.range(0, sides.length)
                .mapToObj(i -> {
                    shapes.with(letter + i, sides[i]);
                    return " " + letter + i;
                })
                .collect(Collectors.joining());
    }

    int rank() {
        return rank;
    }

    double scale() {
        return alpha / rank;
    }

    boolean adapts(String layer) {
        return keys.containsKey(layer);
    }

    /** Whether a text encoder is among the adapted networks. */
    boolean adaptsText() {
        return text;
    }

    /** The factors as one vector in the order of a program's table. */
    float[] flat(ParameterTable table) {
        float[] flat = new float[table.totalElements()];
        table.offsets().forEach((name, offset) -> {
            FloatTensor factor = factors.get(name);
            if (factor == null) {
                throw new IllegalStateException(
                        "the program trains %s, which the adapter does not have".formatted(name));
            }
            System.arraycopy(factor.values(), 0, flat, offset, factor.values().length);
        });
        return flat;
    }

    /** Writes a vector in a program's order under the adapter's own names and shapes. */
    void write(float[] flat, ParameterTable table, String prefix, OutputTensors outputs) {
        table.offsets().forEach((name, offset) -> {
            int dot = name.indexOf(name.endsWith(DOWN) ? DOWN : UP);
            FloatTensor start = factors.get(name);
            if (start == null) {
                throw new IllegalStateException("no factor is called " + name);
            }
            float[] values = new float[start.values().length];
            System.arraycopy(flat, offset, values, 0, values.length);
            outputs.add(prefix + keys.get(name.substring(0, dot)) + name.substring(dot), start.shape(), values);
        });
    }
}
