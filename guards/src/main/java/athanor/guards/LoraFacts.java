package athanor.guards;

import athanor.contracts.Size;
import athanor.contracts.picture.Framing;
import athanor.diffusion.lora.MeasuredUse;
import athanor.diffusion.lora.TrainingFacts;
import athanor.diffusion.safetensors.SafetensorsException;
import athanor.diffusion.safetensors.SafetensorsFile;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a LoRA file says about its own training, as far as it concerns what may be asked of it.
 *
 * @param trainedSizes pixels, most used first; empty when the file does not say
 * @param framings how many instance pictures showed which framing; empty when the file does not say
 * @param trigger the words that call what was learnt
 * @param architecture of the base that it was trained on, as the model specification or kohya's trainer names it
 * @param strengths that its proof has measured
 * @param measuredTimes the edge of the trained size up to which its proof saw it hold, times the trained one
 */
public record LoraFacts(
        List<Size> trainedSizes,
        Map<Framing, Integer> framings,
        Optional<String> trigger,
        Optional<String> architecture,
        Optional<StrengthRange> strengths,
        Optional<Double> measuredTimes) {

    /** From the least to the most. */
    public record StrengthRange(double least, double most) {

        @Override
        public String toString() {
            return least + " to " + most;
        }
    }

    public LoraFacts {
        trainedSizes = List.copyOf(trainedSizes);
        framings = Map.copyOf(framings);
    }

    /**
     * Of a file anywhere, of which the header alone is read.
     *
     * @throws IllegalArgumentException with a sentence when it is no safetensors file
     */
    public static LoraFacts read(Path file) {
        try (SafetensorsFile header = SafetensorsFile.open(file)) {
            return of(TrainingFacts.of(header.metadata()));
        } catch (SafetensorsException e) {
            throw new IllegalArgumentException(
                    "%s is no LoRA that can be read: %s; wanted a .safetensors file".formatted(file, e.getMessage()),
                    e);
        }
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
                framings(told.framings()),
                Optional.ofNullable(told.trigger()),
                Optional.ofNullable(told.architecture()),
                Optional.ofNullable(told.measured()).flatMap(LoraFacts::strengths),
                Optional.ofNullable(told.measured()).map(MeasuredUse::holdsTo));
    }

    private static Optional<StrengthRange> strengths(MeasuredUse measured) {
        Double least = measured.leastStrength();
        Double most = measured.mostStrength();
        return least == null || most == null ? Optional.empty() : Optional.of(new StrengthRange(least, most));
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
