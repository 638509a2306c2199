package athanor.sample.request;

import athanor.sample.render.FirstPass;
import athanor.sample.render.RenderWish;
import java.math.BigDecimal;
import java.util.List;
import java.util.StringJoiner;

/**
 * What a picture was made with, in the words of the common web UIs: they, ComfyUI and Civitai read it from the PNG's text
 * {@code parameters}.
 */
public final class GenerationText {

    /** Under which name a PNG keeps it. */
    public static final String KEYWORD = "parameters";

    /** AUTOMATIC1111 shows so many digits of a file's SHA-256 for a base. */
    private static final int DIGITS_OF_BASE = 10;

    /** And so many of a LoRA's. */
    private static final int DIGITS_OF_LORA = 12;

    private GenerationText() {}

    /** @param baseIdentity name, an at sign, and the beginning of the hash of its weights */
    public static String of(
            RenderWish wish, RenderWish.PromptedSeed picture, List<FoundLora> loras, String baseIdentity) {
        StringBuilder text = new StringBuilder(picture.prompt());
        for (FoundLora lora : loras) {
            text.append(
                    " <lora:%s:%s>".formatted(lora.title(), plain(lora.applied().strength())));
        }
        if (!wish.negativePrompt().isBlank()) {
            text.append("\nNegative prompt: ").append(wish.negativePrompt());
        }
        StringJoiner settings = new StringJoiner(", ", "\n", "");
        settings.add("Steps: " + wish.steps());
        settings.add("Sampler: " + wish.sampler().title());
        settings.add("CFG scale: " + plain(wish.guidance()));
        settings.add("Seed: " + picture.seed());
        FirstPass first = wish.firstPass();
        settings.add("Size: " + (first == null ? wish.size() : first.size()));
        int at = baseIdentity.lastIndexOf('@');
        if (at >= 0) {
            String hash = baseIdentity.substring(at + 1);
            settings.add("Model hash: " + hash.substring(0, Math.min(DIGITS_OF_BASE, hash.length())));
            settings.add("Model: " + baseIdentity.substring(0, at).replaceAll("[,:]", " "));
        }
        if (first != null) {
            settings.add("Denoising strength: " + plain(first.refine()));
            settings.add("Hires resize: " + wish.size());
            settings.add("Hires upscaler: Lanczos");
        }
        if (!loras.isEmpty()) {
            StringJoiner hashes = new StringJoiner(", ", "\"", "\"");
            loras.forEach(lora -> hashes.add(
                    "%s: %s".formatted(lora.title(), lora.applied().sha256().substring(0, DIGITS_OF_LORA))));
            settings.add("Lora hashes: " + hashes);
        }
        settings.add("Version: Athanor");
        return text.append(settings).toString();
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
