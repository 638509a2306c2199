package athanor.guards;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Looks for the words that call what a LoRA has learnt. Without them it is drawn as the base draws it, a little like the subject. */
public final class TriggerGuard {

    private TriggerGuard() {}

    /** A sentence, or empty when the prompt has the words, in any order, or nothing is known of them. */
    public static Optional<String> check(String prompt, Optional<String> trigger) {
        return trigger.filter(words -> !holds(PromptText.plain(prompt), PromptText.plain(words)))
                .map(words ->
                        "the prompt does not have '%s', which the LoRA was trained under: expect little of what it has learnt; put it in"
                                .formatted(words));
    }

    private static boolean holds(String prompt, String words) {
        return Set.of(parts(prompt)).containsAll(Set.of(parts(words)));
    }

    private static String[] parts(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(part -> !part.isEmpty())
                .distinct()
                .toArray(String[]::new);
    }
}
