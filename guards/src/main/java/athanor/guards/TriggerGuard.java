package athanor.guards;

import athanor.contracts.guard.GuardRule;
import athanor.guards.Objection.Weight;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for the words that call what a LoRA has learnt. Without them it is drawn as the base draws it, a little like the subject. */
final class TriggerGuard {

    private TriggerGuard() {}

    static List<Objection> against(Wish wish, int lora) {
        String prompt = wish.prompt();
        String trigger = wish.loras().get(lora).facts().trigger().orElse("");
        Set<String> missing = parts(PlainPrompt.words(trigger));
        if (prompt == null || missing.isEmpty()) {
            return List.of();
        }
        missing.removeAll(parts(PlainPrompt.of(prompt).text()));
        if (missing.isEmpty()) {
            return List.of();
        }
        return List.of(new Objection(
                GuardRule.TRIGGER,
                "a prompt without '%s'".formatted(String.join(" ", missing)),
                trigger,
                "the LoRA was trained under '%s', so little of what it has learnt will be seen".formatted(trigger),
                "'%s' in the prompt".formatted(trigger),
                Weight.SURE,
                changed -> changed.withPrompt(called(String.valueOf(changed.prompt()), trigger))));
    }

    /** Where the prompt has the trigger's last word, which is the class, the trigger takes its place; else it comes first. */
    private static String called(String prompt, String trigger) {
        String[] words = PlainPrompt.words(trigger).split(" ");
        PlainPrompt plain = PlainPrompt.of(prompt);
        Matcher noun = Pattern.compile(
                        "(?<![\\p{L}\\p{N}])" + Pattern.quote(words[words.length - 1]) + "(?![\\p{L}\\p{N}])")
                .matcher(plain.text());
        return words.length > 1 && noun.find()
                ? plain.with(noun.start(), noun.end(), trigger)
                : trigger + ", " + prompt;
    }

    private static Set<String> parts(String text) {
        Set<String> parts = new LinkedHashSet<>(Arrays.asList(text.split("[^\\p{L}\\p{N}]+")));
        parts.remove("");
        return parts;
    }
}
