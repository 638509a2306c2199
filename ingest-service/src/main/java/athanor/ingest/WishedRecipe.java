package athanor.ingest;

import athanor.contracts.json.Json;
import athanor.contracts.recipe.Preset;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.NewRun;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.function.ToIntFunction;

/** The whole recipe of a {@link NewRun}: the defaults of its base model with the given values laid over them. */
final class WishedRecipe {

    /** Keeps what is null: it clears a value that may be absent, and is no wish where there has to be one. */
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String DEFAULT_BASE = "tiny";
    private static final String DEFAULT_NOUN = "person";

    private WishedRecipe() {}

    /** @param nativeSide of a base, by its name */
    static Recipe of(NewRun wish, ToIntFunction<String> nativeSide) {
        JsonNode given = wish.recipe() == null ? JSON.createObjectNode() : JSON.valueToTree(wish.recipe());
        String base = text(given.path("baseModel"), DEFAULT_BASE);
        String noun = text(given.path("subject").path("classNoun"), DEFAULT_NOUN);
        String kind = text(given.path("subject").path("kind"), "");
        String promptedBy = text(given.path("subject").path("promptedBy"), "");
        if (wish.preset() == null) {
            return Json.merge(Recipe.defaults(base, noun, kind, promptedBy), given.toString());
        }
        Recipe preset = wish.preset().recipe(base, noun, kind, promptedBy, nativeSide.applyAsInt(base));
        Recipe wished = Json.merge(preset, given.toString());
        boolean sameNetwork = wished.network().rank() == preset.network().rank()
                && wished.network().alpha() == preset.network().alpha();
        boolean saysRate = given.path("training").has("learningRate")
                || given.path("training").has("textEncoderLearningRate");
        return sameNetwork || saysRate ? wished : Preset.fitted(wished, preset.network());
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
