package athanor.train.publish;

import athanor.contracts.picture.Framing;
import athanor.diffusion.lora.TrainingFacts;
import athanor.diffusion.safetensors.SafetensorsException;
import athanor.diffusion.safetensors.SafetensorsFile;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The page that lies beside a published LoRA: what it is, how to call it up, and what it has seen. All of it stands in the
 * LoRA's own metadata, so that whoever publishes it writes the same page.
 */
final class LoraCard {

    private LoraCard() {}

    /** Empty for bytes that are no safetensors file. */
    static Optional<String> markdown(byte[] lora) {
        try (SafetensorsFile file = SafetensorsFile.of("the LoRA", lora)) {
            return Optional.of(markdown(file.metadata()));
        } catch (SafetensorsException e) {
            return Optional.empty();
        }
    }

    private static String markdown(Map<String, String> metadata) {
        TrainingFacts facts = TrainingFacts.of(metadata);
        String trigger = told(metadata, "modelspec.trigger_phrase");
        StringBuilder page = new StringBuilder();
        page.append("# ").append(code(told(metadata, "modelspec.title"))).append("\n\n");
        page.append(told(metadata, "modelspec.description")).append("\n\n");
        page.append("Write ").append(code(trigger)).append(" into the prompt: ");
        page.append(told(metadata, "modelspec.usage_hint")).append("\n\n| | |\n| --- | --- |\n");
        row(page, "Base", code(told(metadata, "ss_sd_model_name")) + ", " + told(metadata, "modelspec.architecture"));
        row(page, "Trigger", code(trigger));
        row(page, "Trained sizes", sizes(facts));
        row(page, "Framings", framings(facts.framings()));
        row(page, "Not seen", notSeen(facts.framings()));
        row(
                page,
                "Pictures",
                told(metadata, "ss_num_train_images") + " of the subject, " + told(metadata, "ss_num_reg_images")
                        + " of its class");
        row(
                page,
                "Network",
                "rank %s, alpha %s".formatted(told(metadata, "ss_network_dim"), told(metadata, "ss_network_alpha")));
        row(page, "Steps", told(metadata, "ss_steps"));
        row(page, "Made", told(metadata, "modelspec.date"));
        page.append(
                        "\nBefore it was published its keys were replayed through the key maps of kohya's sd-scripts, diffusers,")
                .append(" ComfyUI and AUTOMATIC1111's web UI: each uses every tensor of the file.\n");
        page.append("\n## Recipe\n\n```json\n")
                .append(told(metadata, "athanor.recipe"))
                .append("\n```\n");
        return page.toString();
    }

    private static void row(StringBuilder page, String what, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            page.append("| ")
                    .append(what)
                    .append(" | ")
                    .append(value.replace("|", "\\|"))
                    .append(" |\n");
        }
    }

    private static String sizes(TrainingFacts facts) {
        return facts.sizes().stream()
                .map(size -> "%d x %d".formatted(size.width(), size.height()))
                .collect(Collectors.joining(", "));
    }

    private static String framings(Map<String, Integer> framings) {
        return framings.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> "%s: %d".formatted(words(entry.getKey()), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** What cannot be asked for with much hope; says nothing where no framing is known. */
    private static @Nullable String notSeen(Map<String, Integer> framings) {
        if (framings.isEmpty()) {
            return null;
        }
        int pictures = framings.values().stream().mapToInt(Integer::intValue).sum();
        return Arrays.stream(Framing.values())
                .filter(Framing::shows)
                .filter(framing -> framing != Framing.HEADLESS)
                .filter(framing -> framings.getOrDefault(framing.name(), 0) < Framing.neededOf(pictures))
                .sorted(Comparator.comparingInt(Framing::ordinal))
                .map(Framing::words)
                .collect(Collectors.joining(", ", "", ": in too few pictures to be learnt"));
    }

    private static String words(String framing) {
        return Arrays.stream(Framing.values())
                .filter(known -> known.name().equals(framing))
                .map(Framing::words)
                .findFirst()
                .orElse(framing);
    }

    /** Of one line, so that no name breaks the page. */
    private static String code(String text) {
        return "`" + text.replaceAll("[`\\v]", " ") + "`";
    }

    private static String told(Map<String, String> metadata, String key) {
        return metadata.getOrDefault(key, "").replaceAll("\\v+", " ");
    }
}
