package athanor.contracts.rest;

import athanor.contracts.Check;
import athanor.contracts.run.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What took effect in an attempt at a training, read off what computes and not off the recipe. Another attempt may have been
 * made on another machine.
 *
 * @param device that computed
 * @param settings one for each key of the recipe
 * @param parts what is computed in which format
 * @param effects what the settings changed of the first step of the attempt
 * @param captions of the instance pictures, then of the class pictures
 * @param versions of what computed, by name
 */
public record EffectiveSettings(
        RunId runId,
        int attempt,
        String worker,
        String device,
        Instant at,
        List<Setting> settings,
        List<Part> parts,
        List<Effect> effects,
        List<Caption> captions,
        Map<String, String> versions) {

    /**
     * @param key of the recipe, {@code training.steps}
     * @param value as it was used
     * @param knownBy what shows it
     */
    public record Setting(String key, String value, String knownBy) {}

    /**
     * @param numbers that are trained; 0 of what is frozen
     * @param type number format, {@code bfloat16}
     */
    public record Part(String part, String type, long numbers) {}

    /**
     * A setting that is on.
     *
     * @param changed whether the step came out otherwise without it
     * @param loss of the step as it was
     * @param lossWithout of the same draws without the setting
     * @param gradientDifference relative L2; absent where the setting is a weight of the loss alone
     * @param pictures of the step that it concerned
     */
    public record Effect(
            String setting,
            boolean changed,
            double loss,
            double lossWithout,
            @Nullable Double gradientDifference,
            int pictures) {}

    /**
     * @param picture its name in the store
     * @param tokens of the caption, without start and end
     * @param room how many the text encoder reads
     * @param unread the words that were cut; absent where all were read
     */
    public record Caption(
            String picture,
            String caption,
            int tokens,
            int room,
            @Nullable String unread) {}

    public EffectiveSettings {
        Check.present(runId, "runId");
        Check.atLeast(1, attempt, "attempt");
        Check.present(at, "at");
        settings = List.copyOf(Check.present(settings, "settings"));
        parts = List.copyOf(Check.present(parts, "parts"));
        effects = List.copyOf(Check.present(effects, "effects"));
        captions = List.copyOf(Check.present(captions, "captions"));
        versions = Map.copyOf(Check.present(versions, "versions"));
    }
}
