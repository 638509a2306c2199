package athanor.sample;

import athanor.contracts.recipe.PromptedBy;
import athanor.contracts.recipe.Recipe;
import java.util.List;
import java.util.Locale;

/** Which prompts a LoRA is shown with. */
final class SamplePrompts {

    /** The subject, the subject elsewhere and otherwise framed, and its class, which must have stayed what it was. */
    private static final List<String> DEFAULTS =
            List.of("{instance}", "{instance}, full body, at the beach", "{class}");

    private SamplePrompts() {}

    static List<String> of(Recipe recipe) {
        return recipe.samples().prompts().isEmpty()
                ? DEFAULTS.stream().map(recipe.subject()::fill).toList()
                : recipe.samplePrompts();
    }

    /** Whether a prompt holds the word that the subject was trained under. */
    static boolean callsSubject(String prompt, Recipe.Subject subject) {
        String word = subject.promptedBy() == PromptedBy.TOKEN ? subject.trigger() : subject.classNoun();
        return List.of(prompt.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .contains(word.toLowerCase(Locale.ROOT));
    }
}
