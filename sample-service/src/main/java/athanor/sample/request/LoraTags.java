package athanor.sample.request;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * LoRAs that a prompt names, as the common web UIs let people write it: {@code <lora:anna:0.8>}, without a number at strength 1.
 * Of two numbers, for text encoder and UNet, the second counts: it is the one that shapes the picture.
 *
 * @param prompt without the tags
 * @param tags in the order of the prompt
 */
public record LoraTags(String prompt, List<Tag> tags) {

    private static final String NUMBER = "[+-]?(?:\\d+\\.?\\d*|\\.\\d+)";
    private static final Pattern TAG = Pattern.compile("<\\s*(?:lora|lyco)\\s*:\\s*([^<>:]+?)\\s*(?::\\s*(?:te=)?("
            + NUMBER + ")\\s*)?(?::\\s*(?:unet=)?(" + NUMBER + ")\\s*)?>");

    /** A LoRA and how much it counts. */
    public record Tag(String name, double strength) {}

    public LoraTags {
        tags = List.copyOf(tags);
    }

    /** What is no tag stays where it is; whoever reads the prompt names it. */
    public static LoraTags of(String prompt) {
        List<Tag> tags = new ArrayList<>();
        Matcher tag = TAG.matcher(prompt);
        while (tag.find()) {
            String strength = tag.group(3) != null ? tag.group(3) : tag.group(2);
            tags.add(new Tag(tag.group(1), strength == null ? 1 : Double.parseDouble(strength)));
        }
        return tags.isEmpty()
                ? new LoraTags(prompt, tags)
                : new LoraTags(tag.replaceAll(" ").replaceAll(" {2,}", " ").strip(), tags);
    }
}
