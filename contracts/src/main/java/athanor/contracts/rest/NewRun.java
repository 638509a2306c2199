package athanor.contracts.rest;

import athanor.contracts.recipe.Recipe;
import org.jspecify.annotations.Nullable;

/**
 * What opens a run.
 *
 * @param name for people; needed
 * @param recipe a {@link Recipe}, or a JSON object with some of its fields: what shall differ from the defaults of its base
 *     model
 */
public record NewRun(@Nullable String name, @Nullable Object recipe) {}
