package athanor.guards;

import athanor.contracts.Size;
import athanor.contracts.picture.Framing;
import athanor.diffusion.lora.TrainingFacts;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a LoRA file says about its own training, as far as it concerns what may be asked of it.
 *
 * @param trainedSizes pixels, most used first; empty when the file does not say
 * @param framings how many instance pictures showed which framing; empty when the file does not say
 */
public record LoraFacts(List<Size> trainedSizes, Map<Framing, Integer> framings) {

    public LoraFacts {
        trainedSizes = List.copyOf(trainedSizes);
        framings = Map.copyOf(framings);
    }

    /** @param file a safetensors file */
    public static LoraFacts of(byte[] file) {
        return of(TrainingFacts.of(file));
    }

    static LoraFacts of(TrainingFacts told) {
        return new LoraFacts(
                told.sizes().stream()
                        .map(size -> new Size(size.width(), size.height()))
                        .toList(),
                framings(told.framings()));
    }

    /** Others may know framings that no word of a prompt asks for here. */
    private static Map<Framing, Integer> framings(Map<String, Integer> told) {
        Map<Framing, Integer> counts = new EnumMap<>(Framing.class);
        told.forEach((name, count) -> {
            for (Framing framing : Framing.values()) {
                if (framing.name().equals(name.toUpperCase(Locale.ROOT))) {
                    counts.put(framing, count);
                }
            }
        });
        return counts;
    }
}
