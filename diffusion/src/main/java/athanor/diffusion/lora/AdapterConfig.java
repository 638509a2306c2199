package athanor.diffusion.lora;

import athanor.diffusion.json.Json;
import athanor.diffusion.json.JsonException;
import athanor.diffusion.safetensors.SafetensorsFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * How diffusers (0.34 and later) says a LoRA's strength: peft's configuration of each network as one JSON object in the
 * file's metadata, keys with the network in front ({@code unet.lora_alpha}). Files with it have no alpha tensors.
 */
final class AdapterConfig {

    static final String KEY = "lora_adapter_metadata";

    /** Networks by the start of a module's path; one network's file written alone has no prefix anywhere. */
    private static final List<String> NETWORKS = List.of("text_encoder_2.", "text_encoder.", "unet.", "");

    private static final int LONGEST_PATTERN = 1_000;

    private final String file;
    private final Map<String, @Nullable Object> entries;

    private AdapterConfig(String file, Map<String, @Nullable Object> entries) {
        this.file = file;
        this.entries = entries;
    }

    /** Says nothing about any layer where the file has no such metadata. */
    static AdapterConfig of(SafetensorsFile file) {
        String json = file.metadata().get(KEY);
        if (json == null) {
            return new AdapterConfig(file.file(), Map.of());
        }
        try {
            return new AdapterConfig(file.file(), Json.parseObject(json.getBytes(StandardCharsets.UTF_8)));
        } catch (JsonException e) {
            throw new LoraFileException(
                    "%s: metadata \"%s\": %s, wanted peft's configuration as JSON"
                            .formatted(file.file(), KEY, e.getMessage()),
                    e);
        }
    }

    /**
     * The alpha that, divided by the rank, gives the layer's scale; null where nothing is said.
     *
     * @param module the layer's path as the file has it, {@code unet.mid_block.attentions.0.proj_in}
     */
    @Nullable
    Float alpha(String module, float rank) {
        for (String network : NETWORKS) {
            if (module.startsWith(network)) {
                Object common = entries.get(network + "lora_alpha");
                if (common == null) {
                    return null;
                }
                double alpha = alpha(network, module.substring(network.length()), common);
                // rank-stabilised LoRA (Kalajdzievski 2023) divides by the root of the rank instead
                boolean stabilised = Boolean.TRUE.equals(entries.get(network + "use_rslora"));
                return (float) (stabilised ? alpha * Math.sqrt(rank) : alpha);
            }
        }
        return null;
    }

    private double alpha(String network, String path, Object common) {
        if (entries.get(network + "alpha_pattern") instanceof Map<?, ?> patterns) {
            for (Map.Entry<?, ?> pattern : patterns.entrySet()) {
                if (matches(String.valueOf(pattern.getKey()), path)) {
                    return number(network + "alpha_pattern", pattern.getValue());
                }
            }
        }
        return number(network + "lora_alpha", common);
    }

    private double number(String key, @Nullable Object value) {
        if (value instanceof Number number && Float.isFinite(number.floatValue())) {
            return number.doubleValue();
        }
        throw new LoraFileException("%s: metadata \"%s\": found %s as %s, wanted a finite number"
                .formatted(file, KEY, value instanceof Number ? value : "no number", key));
    }

    /** As peft matches: the whole path, or its end behind a dot. */
    private boolean matches(String pattern, String path) {
        try {
            if (pattern.length() <= LONGEST_PATTERN) {
                return Pattern.compile("(.*\\.)?(" + pattern + ")")
                        .matcher(new Patience(path))
                        .matches();
            }
        } catch (PatternSyntaxException | IllegalStateException e) {
            throw new LoraFileException(
                    "%s: metadata \"%s\": found the module pattern \"%s\", wanted one that can be matched"
                            .formatted(file, KEY, pattern),
                    e);
        }
        throw new LoraFileException("%s: metadata \"%s\": found a module pattern of %d characters, wanted at most %d"
                .formatted(file, KEY, pattern.length(), LONGEST_PATTERN));
    }

    /** A path whose characters can be asked for so often only: a stranger's pattern may backtrack for years. */
    private static final class Patience implements CharSequence {

        private final String path;
        private int left = 1_000_000;

        Patience(String path) {
            this.path = path;
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new IllegalStateException("the pattern takes too long");
            }
            return path.charAt(index);
        }

        @Override
        public int length() {
            return path.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return path.substring(start, end);
        }

        @Override
        public String toString() {
            return path;
        }
    }
}
