package athanor.contracts.rest;

import athanor.contracts.recipe.Preset;
import athanor.contracts.recipe.Recipe;
import org.jspecify.annotations.Nullable;

/**
 * What opens a run.
 *
 * @param name for people; needed, unless it is that of the run that is cloned
 * @param recipe a {@link Recipe}, or a JSON object with some of its fields: what shall differ from the defaults of its base
 *     model, or from the recipe of the run that is cloned
 * @param preset what the recipe is laid over instead of the defaults of the base; not with cloneOf
 * @param cloneOf run whose accepted pictures and captions this one begins with
 */
public record NewRun(
        @Nullable String name,
        @Nullable Object recipe,
        @Nullable String cloneOf,
        @Nullable Preset preset) {

    public NewRun(String name, Object recipe) {
        this(name, recipe, null, null);
    }

    public NewRun(@Nullable String name, Object recipe, @Nullable String cloneOf) {
        this(name, recipe, cloneOf, null);
    }
}
