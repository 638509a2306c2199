package athanor.ingest;

import athanor.contracts.json.Json;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.NewRun;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The whole recipe of a {@link NewRun}: the defaults of its base model with the given values laid over them. */
final class WishedRecipe {

    /** Keeps what is null: it clears a value that may be absent, and is no wish where there has to be one. */
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String DEFAULT_BASE = "tiny";
    private static final String DEFAULT_NOUN = "person";

    private WishedRecipe() {}

    static Recipe of(NewRun wish) {
        if (wish.recipe() == null) {
            return Recipe.defaults(DEFAULT_BASE, DEFAULT_NOUN);
        }
        JsonNode given = JSON.valueToTree(wish.recipe());
        String base = text(given.path("baseModel"), DEFAULT_BASE);
        String noun = text(given.path("subject").path("classNoun"), DEFAULT_NOUN);
        return Json.merge(Recipe.defaults(base, noun), given.toString());
    }

    /** The same for a run that is cloned; another base that is given no area has its own. */
    static Recipe of(NewRun wish, Recipe cloned) {
        if (wish.recipe() == null) {
            return cloned;
        }
        JsonNode given = JSON.valueToTree(wish.recipe());
        boolean sameBase = text(given.path("baseModel"), cloned.baseModel()).equals(cloned.baseModel());
        Recipe before = sameBase ? cloned : Json.merge(cloned, "{\"training\": {\"area\": null}}");
        return Json.merge(before, given.toString());
    }

    /** What is no text is refused where it is laid over the defaults, with its place. */
    private static String text(JsonNode value, String usual) {
        return value.isTextual() && !value.asText().isBlank() ? value.asText() : usual;
    }
}
