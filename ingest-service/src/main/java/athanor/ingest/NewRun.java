package athanor.ingest;

import athanor.contracts.json.Json;
import athanor.contracts.recipe.Recipe;
import com.fasterxml.jackson.databind.JsonNode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What opens a run.
 *
 * @param name for people
 * @param recipe what shall differ from the defaults of its base model; {@code subject.classNoun} is needed
 */
record NewRun(
        @Schema(required = true, examples = "Anna") @Nullable
        String name,

        @Schema(
                implementation = Recipe.class,
                description = "may be partial; the rest are the defaults of baseModel (\"tiny\" when it is left out)")
        @Nullable
        JsonNode recipe) {

    private static final String DEFAULT_BASE = "tiny";
    private static final String DEFAULT_NOUN = "person";

    /** The defaults of its base model with the given values laid over them. */
    Recipe fullRecipe() {
        if (recipe == null) {
            return Recipe.defaults(DEFAULT_BASE, DEFAULT_NOUN);
        }
        String base = recipe.path("baseModel").asText(DEFAULT_BASE);
        String noun = recipe.path("subject").path("classNoun").asText(DEFAULT_NOUN);
        return Json.merge(Recipe.defaults(base, noun), recipe.toString());
    }
}
