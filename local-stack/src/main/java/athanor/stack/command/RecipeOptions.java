package athanor.stack.command;

import athanor.contracts.recipe.Preset;
import athanor.contracts.recipe.Recipe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** Changes to a recipe, as {@code --set training.steps=300}. */
final class RecipeOptions {

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Changes the recipe, for example --set training.steps=300; may be repeated. What is learnt: instances=wholes,"
                            + " heads or heads-and-wholes; what holds the class: prior.mode=class-pictures, whole-pictures,"
                            + " transplant, base-prediction or off. preprocess-service/README.md says what each costs.")
    private Map<String, String> changes = new LinkedHashMap<>();

    Recipe applyTo(Recipe recipe) {
        return apply(recipe, changes);
    }

    /** To a recipe that nobody has changed yet: what is learnt and what holds the class follows what is said of the subject. */
    Recipe applyToDefaults(Recipe recipe) {
        return apply(withSubject(recipe), changes);
    }

    /** The defaults for what is said of the subject, and nothing else of what is said. */
    Recipe withSubject(Recipe defaults) {
        Map<String, String> aboutSubject = new LinkedHashMap<>(changes);
        aboutSubject.keySet().retainAll(List.of("subject.kind", "subject.promptedBy"));
        return aboutSubject.isEmpty() ? defaults : apply(defaults, aboutSubject).withChoicesForSubject();
    }

    /** Another rank or alpha takes the rates with it, unless a rate is said too. */
    Recipe applyToPreset(Recipe preset) {
        Recipe changed = applyTo(preset);
        boolean saysRate = changes.keySet().stream()
                .anyMatch(key -> key.toLowerCase(Locale.ROOT).endsWith("learningrate"));
        return saysRate || changed.network().equals(preset.network())
                ? changed
                : Preset.fitted(changed, preset.network());
    }

    /** @throws IllegalArgumentException with a sentence when a key or its value does not exist */
    static Recipe apply(Recipe recipe, Map<String, String> changes) {
        Recipe changed = recipe;
        for (Map.Entry<String, String> change : changes.entrySet()) {
            changed = changed.with(change.getKey(), change.getValue());
        }
        return changed;
    }
}
