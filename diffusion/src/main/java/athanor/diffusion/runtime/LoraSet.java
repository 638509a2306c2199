package athanor.diffusion.runtime;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.lora.LoraFile;
import athanor.diffusion.lora.LoraKeys;
import athanor.diffusion.lora.LoraLayer;
import athanor.diffusion.program.ParameterTable;
import athanor.diffusion.program.TorchProgram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * LoRAs in use, each at a strength. Several on one layer are one of the summed rank: the rows of all A on top of each other,
 * the columns of all {@code strength * alpha / r * B} side by side.
 */
public final class LoraSet {

    private static final LoraSet NONE = new LoraSet(List.of());
    private static final int NAMES_SHOWN = 3;
    private static final String DOWN = ".lora_down.weight";

    /** One file at a strength; 1 is as it was trained. */
    public record Entry(LoraFile file, double strength) {

        public Entry {
            if (!Double.isFinite(strength)) {
                throw new IllegalArgumentException(
                        "found a LoRA's strength of %s, wanted a finite number".formatted(strength));
            }
        }
    }

    private final List<Entry> entries;

    private LoraSet(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    public static LoraSet none() {
        return NONE;
    }

    public static LoraSet of(LoraFile file, double strength) {
        return new LoraSet(List.of(new Entry(file, strength)));
    }

    public static LoraSet of(List<Entry> entries) {
        return entries.isEmpty() ? NONE : new LoraSet(entries);
    }

    /** The same LoRAs, each counting so many times as much. */
    public LoraSet times(double factor) {
        return of(entries.stream()
                .map(entry -> new Entry(entry.file(), factor * entry.strength()))
                .toList());
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Whether one of them was trained with timesteps that hold nothing but noise at the end, and says so as kohya's trainer does. */
    public boolean wantsZeroTerminalSnr() {
        return entries.stream()
                .map(entry -> entry.file().metadata().get("ss_zero_terminal_snr"))
                .anyMatch("True"::equalsIgnoreCase);
    }

    void install(LoraKeys keys, TorchProgram program, ParameterTable slots) {
        try (NDManager scope = program.manager().newSubManager()) {
            program.call(scope, "clear_loras", scope.create(new float[] {0}));
        }
        entries.forEach(entry -> mustFit(entry, keys, slots));
        Map<String, List<Factors>> byKey = factorsByKey();
        List<String> names = slots.names();
        for (int slot = 0; slot < names.size(); slot += 2) {
            String layer = layer(names.get(slot));
            List<Factors> factors = new ArrayList<>();
            for (String key : keys.spellings(layer)) {
                factors.addAll(byKey.getOrDefault(key, List.of()));
            }
            if (!factors.isEmpty()) {
                mustBeOfDifferentFiles(layer, factors);
                set(program, slot, slots.shape(names.get(slot)), slots.shape(names.get(slot + 1)), factors);
            }
        }
    }

    private static String layer(String downName) {
        return downName.substring(0, downName.length() - DOWN.length());
    }

    /** What of the files is not used with this base, a sentence each. */
    List<String> leftOut(LoraKeys keys, ParameterTable slots) {
        List<String> sentences = new ArrayList<>();
        for (Entry entry : entries) {
            sentences.addAll(entry.file().leftOut());
            List<String> foreign = foreignLayers(entry, keys, slots);
            if (!foreign.isEmpty()) {
                sentences.add("layers of the LoRA that this base does not have are left out: " + some(foreign));
            }
        }
        return sentences;
    }

    private static List<String> foreignLayers(Entry entry, LoraKeys keys, ParameterTable slots) {
        Set<String> known = new HashSet<>();
        List<String> names = slots.names();
        for (int slot = 0; slot < names.size(); slot += 2) {
            known.addAll(keys.spellings(layer(names.get(slot))));
        }
        return entry.file().layers().stream()
                .map(LoraLayer::key)
                .filter(key -> !known.contains(key))
                .toList();
    }

    /** With the smaller part of its layers a LoRA is not what it was; bases of one kind have them nearly all. */
    private static void mustFit(Entry entry, LoraKeys keys, ParameterTable slots) {
        List<String> foreign = foreignLayers(entry, keys, slots);
        int all = entry.file().layers().size();
        if (foreign.size() * 2 > all) {
            throw new IllegalArgumentException(
                    "the LoRA adapts %d layers and this base does not have %d of them, for example %s: it was trained on another kind of base"
                            .formatted(all, foreign.size(), some(foreign)));
        }
    }

    private static String some(List<String> names) {
        String first = String.join(", ", names.stream().limit(NAMES_SHOWN).toList());
        return names.size() > NAMES_SHOWN ? "%s and %d more".formatted(first, names.size() - NAMES_SHOWN) : first;
    }

    /** @param entry the LoRA's place in the set */
    private record Factors(int entry, LoraLayer layer, double scale) {}

    /** A file that has a layer under two of its spellings means it once, and nobody knows which. */
    private static void mustBeOfDifferentFiles(String layer, List<Factors> factors) {
        Map<Integer, String> keys = new HashMap<>();
        for (Factors each : factors) {
            String other = keys.put(each.entry(), each.layer().key());
            if (other != null) {
                throw new IllegalArgumentException("the LoRA has %s and %s for the layer %s, wanted one of them"
                        .formatted(other, each.layer().key(), layer));
            }
        }
    }

    private Map<String, List<Factors>> factorsByKey() {
        Map<String, List<Factors>> byKey = new HashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            for (LoraLayer layer : entry.file().layers()) {
                double scale = entry.strength() * layer.alpha() / layer.rank();
                byKey.computeIfAbsent(layer.key(), key -> new ArrayList<>()).add(new Factors(i, layer, scale));
            }
        }
        return byKey;
    }

    private static void set(TorchProgram program, int slot, int[] downShape, int[] upShape, List<Factors> factors) {
        int rank = factors.stream().mapToInt(f -> f.layer().rank()).sum();
        int in = product(downShape);
        int out = upShape[0];
        float[] down = new float[rank * in];
        float[] up = new float[out * rank];
        int row = 0;
        for (Factors factor : factors) {
            LoraLayer layer = factor.layer();
            float[] a = layer.down().values();
            float[] b = layer.up().values();
            int r = layer.rank();
            if (a.length != r * in || b.length != out * r) {
                throw new IllegalArgumentException(
                        "the LoRA's layer %s maps %d to %d numbers, the base's maps %d to %d: it was trained on another kind of base"
                                .formatted(layer.key(), a.length / r, b.length / r, in, out));
            }
            System.arraycopy(a, 0, down, row * in, a.length);
            for (int o = 0; o < out; o++) {
                for (int i = 0; i < r; i++) {
                    up[o * rank + row + i] = (float) (factor.scale() * b[o * r + i]);
                }
            }
            row += r;
        }
        try (NDManager scope = program.manager().newSubManager()) {
            program.call(
                    scope,
                    "set_lora",
                    scope.create(down, withRank(downShape, 0, rank)),
                    scope.create(up, withRank(upShape, 1, rank)),
                    scope.create(new long[] {slot}));
        }
    }

    private static int product(int[] downShape) {
        int product = 1;
        for (int i = 1; i < downShape.length; i++) {
            product *= downShape[i];
        }
        return product;
    }

    private static Shape withRank(int[] shape, int axis, int rank) {
        long[] dimensions = new long[shape.length];
        for (int i = 0; i < shape.length; i++) {
            dimensions[i] = i == axis ? rank : shape[i];
        }
        return new Shape(dimensions);
    }
}
