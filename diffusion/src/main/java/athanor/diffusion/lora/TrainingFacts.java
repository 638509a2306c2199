package athanor.diffusion.lora;

import athanor.diffusion.json.Json;
import athanor.diffusion.json.JsonException;
import athanor.diffusion.safetensors.SafetensorsException;
import athanor.diffusion.safetensors.SafetensorsFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the metadata of a LoRA file say about its training, in our own words or in kohya's: the reading half of
 * {@link LoraMetadata}. Anybody may have written them, so what cannot be read counts as not said.
 *
 * @param sizes of the pictures it was trained on, in the order of the file
 * @param framings how many instance pictures showed which framing, by the framing's name
 * @param trigger the words that call what was learnt; null where the file does not say
 * @param architecture of the base, {@code stable-diffusion-v1/lora} or {@code sd_v1}; null where the file does not say
 * @param measured null where the file does not say
 */
public record TrainingFacts(
        List<PictureSize> sizes,
        Map<String, Integer> framings,
        @Nullable String trigger,
        @Nullable String architecture,
        @Nullable MeasuredUse measured) {

    /** Pixels, at most 99,999 a side. */
    public record PictureSize(int width, int height) {}

    /** Our own key: {@code 512x768,448x832}. */
    public static final String TRAINED_SIZES = "athanor.trained_sizes";

    /** Our own key: {@code {"HALF":29,"FULL":1}}. */
    public static final String FRAMINGS = "athanor.framings";

    /** Kohya's: {@code {"buckets":{"0":{"resolution":[512,768],"count":8}}}}. */
    private static final String BUCKET_INFO = "ss_bucket_info";

    /** Kohya's: {@code (512, 768)}, a tuple as Python prints it. */
    private static final String RESOLUTION = "ss_resolution";

    /** Of the model specification (SAI): {@code 512x768}. */
    private static final String SPECIFIED_RESOLUTION = "modelspec.resolution";

    private static final String SPECIFIED_TRIGGER = "modelspec.trigger_phrase";
    private static final String SPECIFIED_ARCHITECTURE = "modelspec.architecture";

    /** Kohya's: {@code sd_v1}, {@code sdxl_base_v1-0}. */
    private static final String BASE_VERSION = "ss_base_model_version";

    /** Kohya's: {@code {"10_ohwx woman":{"ohwx woman":10,"in a park":3}}}, how many captions of a folder have each part. */
    private static final String TAG_FREQUENCY = "ss_tag_frequency";

    private static final Pattern OWN_SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");
    private static final Pattern TUPLE = Pattern.compile("\\(\\s*(\\d{1,5})\\s*,\\s*(\\d{1,5})\\s*\\)");

    /** Of fewer captions that have a part in common nothing follows. */
    private static final int FEWEST_CAPTIONS = 3;

    /** Characters; a longer part is a sentence and no trigger. */
    private static final int LONGEST_TRIGGER = 40;

    private static final long LONGEST_SIDE = 99_999;

    public TrainingFacts {
        sizes = List.copyOf(sizes);
        framings = Map.copyOf(framings);
    }

    /**
     * Of a file's bytes, of which the header alone is read. Says nothing where that cannot be read; whoever applies the LoRA
     * will hear what is wrong with it.
     */
    public static TrainingFacts of(byte[] file) {
        try (SafetensorsFile header = SafetensorsFile.of("a LoRA", file)) {
            return of(header.metadata());
        } catch (SafetensorsException e) {
            return of(Map.of());
        }
    }

    /** @param metadata of the safetensors file */
    public static TrainingFacts of(Map<String, String> metadata) {
        List<PictureSize> sizes = own(metadata.getOrDefault(TRAINED_SIZES, ""));
        if (sizes.isEmpty()) {
            sizes = buckets(object(metadata.get(BUCKET_INFO)).get("buckets"));
        }
        if (sizes.isEmpty()) {
            sizes = tuples(metadata.getOrDefault(RESOLUTION, ""));
        }
        if (sizes.isEmpty()) {
            sizes = own(metadata.getOrDefault(SPECIFIED_RESOLUTION, ""));
        }
        return new TrainingFacts(
                sizes,
                counts(object(metadata.get(FRAMINGS))),
                trigger(metadata),
                architecture(metadata),
                MeasuredUse.of(object(metadata.get(MeasuredUse.PROOF)), object(metadata.get(MeasuredUse.ENVELOPE))));
    }

    private static @Nullable String architecture(Map<String, String> metadata) {
        String told = notBlank(metadata.get(SPECIFIED_ARCHITECTURE));
        return told == null ? notBlank(metadata.get(BASE_VERSION)) : told;
    }

    /** Where the file does not say it: what begins most captions of a set stands in nearly all of them, and is the commonest. */
    private static @Nullable String trigger(Map<String, String> metadata) {
        String told = notBlank(metadata.get(SPECIFIED_TRIGGER));
        return told == null ? commonestTag(object(metadata.get(TAG_FREQUENCY))) : told;
    }

    private static @Nullable String commonestTag(Map<String, @Nullable Object> folders) {
        String commonest = null;
        long most = FEWEST_CAPTIONS - 1;
        for (Object folder : folders.values()) {
            if (!(folder instanceof Map<?, ?> tags)) {
                continue;
            }
            for (Map.Entry<?, ?> tag : tags.entrySet()) {
                if (tag.getKey() instanceof String words
                        && words.length() <= LONGEST_TRIGGER
                        && tag.getValue() instanceof Number count
                        && count.longValue() > most) {
                    commonest = notBlank(words);
                    most = count.longValue();
                }
            }
        }
        return commonest;
    }

    private static @Nullable String notBlank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static List<PictureSize> own(String list) {
        List<PictureSize> sizes = new ArrayList<>();
        for (String text : list.split(",")) {
            Matcher size = OWN_SIZE.matcher(text.strip());
            if (size.matches()) {
                add(sizes, Long.valueOf(size.group(1)), Long.valueOf(size.group(2)));
            }
        }
        return sizes;
    }

    private static List<PictureSize> buckets(@Nullable Object byNumber) {
        List<PictureSize> sizes = new ArrayList<>();
        if (byNumber instanceof Map<?, ?> buckets) {
            for (Object bucket : buckets.values()) {
                if (bucket instanceof Map<?, ?> entries
                        && entries.get("resolution") instanceof List<?> sides
                        && sides.size() == 2) {
                    add(sizes, sides.get(0), sides.get(1));
                }
            }
        }
        return sizes;
    }

    private static List<PictureSize> tuples(String text) {
        List<PictureSize> sizes = new ArrayList<>();
        Matcher tuple = TUPLE.matcher(text);
        while (tuple.find()) {
            add(sizes, Long.valueOf(tuple.group(1)), Long.valueOf(tuple.group(2)));
        }
        return sizes;
    }

    private static void add(List<PictureSize> sizes, @Nullable Object width, @Nullable Object height) {
        if (width instanceof Long w && height instanceof Long h && isSide(w) && isSide(h)) {
            sizes.add(new PictureSize(w.intValue(), h.intValue()));
        }
    }

    private static boolean isSide(long pixels) {
        return pixels > 0 && pixels <= LONGEST_SIDE;
    }

    private static Map<String, Integer> counts(Map<String, @Nullable Object> json) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        json.forEach((name, count) -> {
            if (count instanceof Number number) {
                counts.put(name, number.intValue());
            }
        });
        return counts;
    }

    private static Map<String, @Nullable Object> object(@Nullable String json) {
        try {
            return json == null ? Map.of() : Json.parseObject(json.getBytes(StandardCharsets.UTF_8));
        } catch (JsonException e) {
            return Map.of();
        }
    }
}
