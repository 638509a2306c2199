package athanor.diffusion.lora.elsewhere;

import athanor.diffusion.lora.LoraFile;
import athanor.diffusion.lora.LoraFileException;
import athanor.diffusion.lora.LoraLayer;
import athanor.diffusion.model.BaseModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * What can be said of a LoRA before it is given away, from its bytes alone: whether they can be read again, whether each of the
 * programs that people use finds a layer for every tensor, and how much it changes.
 *
 * @param readers the programs that find every layer
 * @param faults a sentence each; empty where it works everywhere
 * @param changeByBlock Frobenius norm of what the LoRA adds at strength 1, by block
 */
public record LoraCheck(List<String> readers, List<String> faults, Map<String, Double> changeByBlock) {

    private static final int NAMES_SHOWN = 3;

    /** @param file as it would be published */
    public static LoraCheck of(byte[] file, BaseModel base) {
        return of(file, BaseLayers.of(base));
    }

    static LoraCheck of(byte[] file, BaseLayers base) {
        List<LoraLayer> layers;
        try {
            LoraFile read = LoraFile.read("the LoRA", file);
            if (!read.leftOut().isEmpty()) {
                return new LoraCheck(List.of(), read.leftOut(), Map.of());
            }
            layers = read.layers();
        } catch (LoraFileException e) {
            return new LoraCheck(List.of(), List.of(String.valueOf(e.getMessage())), Map.of());
        }
        List<String> readers = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (KeyMap map : KeyMap.of(base)) {
            List<String> astray = astray(layers, map, base);
            if (astray.isEmpty()) {
                readers.add(map.reader());
            } else {
                faults.add("%s would not use all of the LoRA: %s".formatted(map.reader(), some(astray)));
            }
        }
        return new LoraCheck(List.copyOf(readers), List.copyOf(faults), changes(layers, base));
    }

    /** How much each block of the networks is changed by layers that are not in a file yet. */
    public static Map<String, Double> changeByBlock(List<LoraLayer> layers, BaseModel base) {
        return changes(layers, BaseLayers.of(base));
    }

    /** 0 where every B is zero: the LoRA then draws what the base draws. */
    public double change() {
        return norm(changeByBlock.values().stream().mapToDouble(Double::doubleValue));
    }

    /** Layers that a program would not use, and why. */
    private static List<String> astray(List<LoraLayer> layers, KeyMap map, BaseLayers base) {
        List<String> astray = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        Map<String, Integer> stacked = new HashMap<>();
        for (LoraLayer layer : layers) {
            String found = map.layer(layer.key());
            BaseLayers.Sides sides = found == null ? null : base.sides(found);
            if (found == null || sides == null) {
                astray.add("it has no layer for " + layer.key());
                continue;
            }
            if (!taken.add(found)) {
                astray.add("%s is a second one for %s".formatted(layer.key(), found));
            }
            long in = product(layer.down().shape()) / layer.rank();
            long out = layer.up().shape()[0];
            if (in != sides.in() || out != sides.out()) {
                astray.add("%s maps %d to %d numbers, its layer %s maps %d to %d"
                        .formatted(layer.key(), in, out, found, sides.in(), sides.out()));
            }
            if (map instanceof WebUiKeys webUi) {
                String attention = webUi.stackedInto(layer.key());
                if (attention != null) {
                    stacked.merge(attention, 1, Integer::sum);
                }
            }
        }
        stacked.forEach((attention, parts) -> {
            if (parts != 3) {
                astray.add("of %s it wants q, k and v together, found %d of them".formatted(attention, parts));
            }
        });
        return astray;
    }

    private static Map<String, Double> changes(List<LoraLayer> layers, BaseLayers base) {
        KohyaKeys keys = new KohyaKeys(base);
        Map<String, Double> squares = new TreeMap<>();
        for (LoraLayer layer : layers) {
            String found = keys.layer(layer.key());
            double change = layer.changeNorm();
            squares.merge(found == null ? layer.key() : block(found), change * change, Double::sum);
        }
        squares.replaceAll((block, square) -> Math.sqrt(square));
        return squares;
    }

    /** {@code unet/down_blocks.1}, {@code unet/mid_block}, {@code text_encoder}. */
    static String block(String layer) {
        if (!layer.startsWith(BaseLayers.UNET)) {
            return layer.substring(0, layer.indexOf('/'));
        }
        String[] parts = layer.split("\\.");
        boolean numbered = parts.length > 1 && parts[0].endsWith("_blocks");
        return numbered ? parts[0] + "." + parts[1] : parts[0];
    }

    private static double norm(DoubleStream numbers) {
        return Math.sqrt(numbers.map(number -> number * number).sum());
    }

    private static long product(long[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    private static String some(List<String> sentences) {
        String first = String.join("; ", sentences.stream().limit(NAMES_SHOWN).toList());
        int more = sentences.size() - NAMES_SHOWN;
        return more > 0 ? "%s; and %d more".formatted(first, more) : first;
    }
}
