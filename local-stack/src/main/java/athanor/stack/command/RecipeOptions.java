package athanor.stack.command;

import athanor.contracts.recipe.Preset;
import athanor.contracts.recipe.Recipe;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** Changes to a recipe, as {@code --set training.steps=300}. */
final class RecipeOptions {

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Changes the recipe, for example --set training.steps=300; may be repeated.")
    private Map<String, String> changes = new LinkedHashMap<>();

    Recipe applyTo(Recipe recipe) {
        return apply(recipe, changes);
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
