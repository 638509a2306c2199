package athanor.guards;

import java.util.Locale;
import java.util.Optional;

/** The kinds of bases between which no LoRA can be exchanged. */
public enum BaseKind {
    SD1("Stable Diffusion 1"),
    SD2("Stable Diffusion 2"),
    SDXL("Stable Diffusion XL"),
    /** One that is not drawn with here. */
    OTHER("another architecture");

    private final String words;

    BaseKind(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /**
     * What a LoRA file says of its base.
     *
     * @param told {@code modelspec.architecture} or {@code ss_base_model_version}: {@code stable-diffusion-xl-v1-base/lora},
     *     {@code sd_v1}, {@code sd_1.5}, {@code sdxl_base_v1-0}, {@code flux-1-dev/lora}
     * @return empty for words that nobody has written so far
     */
    public static Optional<BaseKind> named(String told) {
        String name = told.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        if (name.startsWith("sdxl") || name.startsWith("stablediffusionxl") || name.startsWith("pony")) {
            return Optional.of(SDXL);
        }
        if (name.startsWith("sdv1") || name.startsWith("sd1") || name.startsWith("stablediffusionv1")) {
            return Optional.of(SD1);
        }
        if (name.startsWith("sdv2") || name.startsWith("sd2") || name.startsWith("stablediffusionv2")) {
            return Optional.of(SD2);
        }
        boolean other = name.startsWith("flux")
                || name.startsWith("sd3")
                || name.startsWith("stablediffusion3")
                || name.startsWith("stablediffusionv3")
                || name.startsWith("hunyuan")
                || name.startsWith("wan")
                || name.startsWith("qwen")
                || name.startsWith("lumina");
        return other ? Optional.of(OTHER) : Optional.empty();
    }
}
