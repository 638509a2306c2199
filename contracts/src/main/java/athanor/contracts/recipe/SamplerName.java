package athanor.contracts.recipe;

import athanor.contracts.Nearest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** Ways from noise to picture. */
public enum SamplerName {
    /** Song et al. 2020, eta 0. */
    DDIM("DDIM"),
    /** Karras et al. 2022, algorithm 2 without churn. */
    EULER("Euler"),
    /** Euler with fresh noise after each step. */
    EULER_ANCESTRAL("Euler a"),
    /** Lu et al. 2022, second order multistep, the model's own noise levels. */
    DPMPP_2M("DPM++ 2M"),
    /** The same on the noise levels of Karras et al. 2022. */
    DPMPP_2M_KARRAS("DPM++ 2M Karras");

    private final String title;

    SamplerName(String title) {
        this.title = title;
    }

    /** As the common web UIs write it. */
    public String title() {
        return title;
    }

    /**
     * The sampler that somebody means: its name here, or as other programs write it, {@code DPM++ 2M Karras}, {@code euler_a},
     * {@code k_euler_ancestral}.
     *
     * @throws IllegalArgumentException with a sentence that names the nearest, where none is meant
     */
    public static SamplerName written(String name) {
        String key = key(name);
        return Arrays.stream(values())
                .filter(sampler -> key.equals(key(sampler.name())) || key.equals(key(sampler.title)))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("there is no sampler '%s'; the nearest is '%s', there are %s"
                                .formatted(
                                        name.length() > LONGEST ? name.substring(0, LONGEST) + "..." : name,
                                        nearest(key).title,
                                        Arrays.stream(values())
                                                .map(SamplerName::title)
                                                .collect(Collectors.joining(", ")))));
    }

    private static final int LONGEST = 40;

    private static SamplerName nearest(String key) {
        String start = key.length() > LONGEST ? key.substring(0, LONGEST) : key;
        return Arrays.stream(values())
                .min(Comparator.comparingInt(sampler ->
                        Math.min(Nearest.edits(start, key(sampler.name())), Nearest.edits(start, key(sampler.title)))))
                .orElseThrow();
    }

    /** {@code dpmpp2mkarras}: what all spellings have in common. */
    private static String key(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replace("++", "pp").replaceAll("[^a-z0-9]", "");
        String bare = plain.startsWith("keuler") || plain.startsWith("kdpm") ? plain.substring(1) : plain;
        return bare.equals("eulerancestral") ? "eulera" : bare;
    }
}
