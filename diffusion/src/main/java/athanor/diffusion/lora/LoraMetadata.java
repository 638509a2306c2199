package athanor.diffusion.lora;

import athanor.diffusion.json.JsonText;
import athanor.diffusion.model.ModelFamily;
import athanor.diffusion.schedule.PredictionType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a LoRA file: {@code ss_*} as kohya's trainer writes it (what programs filter, label and search by),
 * {@code modelspec.*} as Stability AI specified it, and this project's own under {@code athanor.*}, which others pass over.
 * All values are texts; numbers and truths are written as Python writes them, because Python programs read them.
 */
public final class LoraMetadata {

    /** Pictures of one size, in pixels. */
    public record Bucket(int width, int height, int count) {}

    /** A folder of pictures, as a trainer sees it. */
    public record PictureSet(String name, int repeats, int pictures) {}

    private final Map<String, String> entries = new TreeMap<>();

    private LoraMetadata() {}

    /** The least that programs need to know which base the LoRA belongs to. */
    public static LoraMetadata of(ModelFamily family, PredictionType prediction, int rank, double alpha) {
        boolean velocity = prediction == PredictionType.V_PREDICTION;
        LoraMetadata metadata = new LoraMetadata();
        metadata.put("ss_v2", family == ModelFamily.SD2);
        metadata.put(
                "ss_base_model_version",
                switch (family) {
                    case SD1 -> "sd_v1";
                    case SD2 -> velocity ? "sd_v2_v" : "sd_v2";
                    case SDXL -> "sdxl_base_v1-0";
                });
        metadata.put("ss_network_module", "networks.lora");
        metadata.put("ss_network_dim", rank);
        metadata.put("ss_network_alpha", alpha);
        metadata.put("modelspec.sai_model_spec", "1.0.1");
        metadata.put(
                "modelspec.architecture",
                switch (family) {
                    case SD1 -> "stable-diffusion-v1/lora";
                    case SD2 -> velocity ? "stable-diffusion-v2-768-v/lora" : "stable-diffusion-v2-512/lora";
                    case SDXL -> "stable-diffusion-xl-v1-base/lora";
                });
        metadata.put(
                "modelspec.implementation",
                family == ModelFamily.SDXL ? "https://github.com/Stability-AI/generative-models" : "diffusers");
        metadata.put("modelspec.prediction_type", velocity ? "v" : "epsilon");
        return metadata;
    }

    /** The name in prompts and in lists. */
    public LoraMetadata name(String outputName) {
        put("ss_output_name", outputName);
        return put("modelspec.title", outputName);
    }

    /**
     * The base it was trained on.
     *
     * @param sha256 of the whole checkpoint, null where it was not computed
     */
    public LoraMetadata base(String name, @Nullable String sha256) {
        put("ss_sd_model_name", name);
        return sha256 == null ? this : put("ss_new_sd_model_hash", sha256);
    }

    /** The words that call the subject up. */
    public LoraMetadata trigger(String phrase) {
        return put("modelspec.trigger_phrase", phrase);
    }

    /**
     * In words, for programs that show them beside the LoRA.
     *
     * @param description what it is
     * @param usageHint how to draw with it
     */
    public LoraMetadata described(String description, String usageHint) {
        put("modelspec.description", description);
        return put("modelspec.usage_hint", usageHint);
    }

    public LoraMetadata trained(Instant started, Instant finished) {
        put("ss_training_started_at", started.toEpochMilli() / 1000.0);
        put("ss_training_finished_at", finished.toEpochMilli() / 1000.0);
        return put("modelspec.date", finished.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** @param width of the area that buckets share, in pixels */
    public LoraMetadata resolution(int width, int height) {
        put("ss_resolution", "(%d, %d)".formatted(width, height));
        return put("modelspec.resolution", "%dx%d".formatted(width, height));
    }

    public LoraMetadata buckets(List<Bucket> buckets) {
        StringJoiner sizes = new StringJoiner(", ", "{", "}");
        for (int i = 0; i < buckets.size(); i++) {
            Bucket bucket = buckets.get(i);
            sizes.add("\"%d\": {\"resolution\": [%d, %d], \"count\": %d}"
                    .formatted(i, bucket.width(), bucket.height(), bucket.count()));
        }
        put("ss_enable_bucket", true);
        return put("ss_bucket_info", "{\"buckets\": " + sizes + "}");
    }

    /** @param regularisation the class pictures; empty when the prior is off */
    public LoraMetadata pictures(List<PictureSet> instances, List<PictureSet> regularisation) {
        put("ss_dataset_dirs", sets(instances));
        put("ss_reg_dataset_dirs", sets(regularisation));
        put("ss_num_train_images", total(instances));
        return put("ss_num_reg_images", total(regularisation));
    }

    /**
     * How often each tag occurs, which is how readers find the words that call the subject. A tag is what stands between two
     * commas, in small letters, as kohya's trainer counts them.
     *
     * @param captions how often each occurs, by the name of the set they belong to
     */
    public LoraMetadata captions(Map<String, Map<String, Integer>> captions) {
        StringJoiner sets = new StringJoiner(", ", "{", "}");
        captions.forEach((set, counts) -> {
            StringJoiner tags = new StringJoiner(", ", "{", "}");
            tagCounts(counts).forEach((tag, count) -> tags.add(JsonText.quote(tag) + ": " + count));
            sets.add(JsonText.quote(set) + ": " + tags);
        });
        return put("ss_tag_frequency", sets.toString());
    }

    private static Map<String, Integer> tagCounts(Map<String, Integer> captions) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        captions.forEach((caption, count) -> Arrays.stream(caption.split(","))
                .map(tag -> tag.strip().toLowerCase(Locale.ROOT))
                .filter(tag -> !tag.isEmpty())
                .forEach(tag -> counts.merge(tag, count, Integer::sum)));
        return counts;
    }

    /** Any other of kohya's entries, without {@code ss_}: texts, numbers, truths, or null for None. */
    public LoraMetadata kohya(String key, @Nullable Object value) {
        return put("ss_" + key, value);
    }

    /** This project's own, without {@code athanor.}. */
    public LoraMetadata own(String key, @Nullable Object value) {
        return put("athanor." + key, value);
    }

    public Map<String, String> toMap() {
        return new LinkedHashMap<>(entries);
    }

    private LoraMetadata put(String key, @Nullable Object value) {
        entries.put(key, asPython(value));
        return this;
    }

    private static String sets(List<PictureSet> sets) {
        StringJoiner json = new StringJoiner(", ", "{", "}");
        for (PictureSet set : sets) {
            json.add("%s: {\"n_repeats\": %d, \"img_count\": %d}"
                    .formatted(JsonText.quote(set.name()), set.repeats(), set.pictures()));
        }
        return json.toString();
    }

    private static int total(List<PictureSet> sets) {
        return sets.stream().mapToInt(set -> set.repeats() * set.pictures()).sum();
    }

    /** What Python's {@code str} gives: None, True, 0.0001, 1e-05. */
    static String asPython(@Nullable Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof Boolean truth) {
            return truth ? "True" : "False";
        }
        if (!(value instanceof Double) && !(value instanceof Float)) {
            return value.toString();
        }
        String shortest = value.toString();
        double number = Double.parseDouble(shortest);
        if (number == 0 || Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.isNaN(number) ? "nan" : number == 0 ? shortest : number > 0 ? "inf" : "-inf";
        }
        BigDecimal exact = new BigDecimal(shortest).stripTrailingZeros();
        int exponent = exact.precision() - exact.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            String plain = exact.toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String digits = exact.unscaledValue().abs().toString();
        return (exact.signum() < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + "e%s%02d".formatted(exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
