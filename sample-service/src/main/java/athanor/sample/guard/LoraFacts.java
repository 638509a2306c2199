package athanor.sample.guard;

import athanor.contracts.Size;
import athanor.contracts.json.Json;
import athanor.contracts.json.JsonException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a LoRA file says about its own training, as far as it concerns what may be asked of it.
 *
 * @param trainedSizes pixels, most used first; empty when the file does not say
 * @param framings how many instance pictures showed which framing; empty when the file does not say
 */
public record LoraFacts(List<Size> trainedSizes, Map<Framing, Integer> framings) {

    /** Our own key: {@code 512x768,448x832}. */
    public static final String TRAINED_SIZES = "athanor.trained_sizes";

    /** Our own key: {@code {"HALF":29,"FULL":1}}. */
    public static final String FRAMINGS = "athanor.framings";

    /** Kohya's: {@code {"buckets":{"0":{"resolution":[512,768],"count":8}}}}. */
    private static final Pattern KOHYA_BUCKET =
            Pattern.compile("\"resolution\"\\s*:\\s*\\[\\s*(\\d{1,5})\\s*,\\s*(\\d{1,5})\\s*]");

    /** Kohya's: {@code (512, 768)}. */
    private static final Pattern KOHYA_RESOLUTION = Pattern.compile("\\(\\s*(\\d{1,5})\\s*,\\s*(\\d{1,5})\\s*\\)");

    public LoraFacts {
        trainedSizes = List.copyOf(trainedSizes);
        framings = Map.copyOf(framings);
    }

    /** @param metadata of the safetensors file */
    public static LoraFacts of(Map<String, String> metadata) {
        return new LoraFacts(sizes(metadata), framings(metadata.getOrDefault(FRAMINGS, "")));
    }

    private static List<Size> sizes(Map<String, String> metadata) {
        List<Size> own = new ArrayList<>();
        for (String size : metadata.getOrDefault(TRAINED_SIZES, "").split(",")) {
            if (size.strip().matches("\\d{1,5}x\\d{1,5}")) {
                own.add(Size.parse(size));
            }
        }
        if (!own.isEmpty()) {
            return own;
        }
        List<Size> buckets = found(KOHYA_BUCKET, metadata.getOrDefault("ss_bucket_info", ""));
        return buckets.isEmpty() ? found(KOHYA_RESOLUTION, metadata.getOrDefault("ss_resolution", "")) : buckets;
    }

    private static List<Size> found(Pattern pattern, String text) {
        List<Size> sizes = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            int width = Integer.parseInt(matcher.group(1));
            int height = Integer.parseInt(matcher.group(2));
            if (width > 0 && height > 0) {
                sizes.add(new Size(width, height));
            }
        }
        return sizes;
    }

    /** A file that anybody may have written: what cannot be read counts as not said. */
    private static Map<Framing, Integer> framings(String json) {
        Map<Framing, Integer> counts = new EnumMap<>(Framing.class);
        if (json.isBlank()) {
            return counts;
        }
        try {
            Json.read(json, Map.class).forEach((name, count) -> {
                for (Framing framing : Framing.values()) {
                    if (framing.name().equals(String.valueOf(name).toUpperCase(Locale.ROOT))
                            && count instanceof Number number) {
                        counts.put(framing, number.intValue());
                    }
                }
            });
        } catch (JsonException e) {
            return Map.of();
        }
        return counts;
    }
}
