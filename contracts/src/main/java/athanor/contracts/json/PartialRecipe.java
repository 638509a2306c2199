package athanor.contracts.json;

import athanor.contracts.recipe.Recipe;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Where a person's recipe is read: what it leaves out are the defaults of the base that it names. */
final class PartialRecipe extends StdDeserializer<Recipe> {

    private static final long serialVersionUID = 1L;
    private static final String USUAL_BASE = "tiny";
    private static final String USUAL_NOUN = "person";

    PartialRecipe() {
        super(Recipe.class);
    }

    @Override
    public Recipe deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.isExpectedStartObjectToken()) {
            return (Recipe) context.handleUnexpectedToken(Recipe.class, parser);
        }
        ObjectNode part = (ObjectNode) context.readTree(parser);
        return Json.over(usual(part), part);
    }

    private static Recipe usual(ObjectNode part) {
        JsonNode base = part.path("baseModel");
        JsonNode subject = part.path("subject");
        JsonNode noun = subject.path("classNoun");
        return Recipe.defaults(
                base.isTextual() && !base.asText().isBlank() ? base.asText() : USUAL_BASE,
                noun.isTextual() && !noun.asText().isBlank() ? noun.asText() : USUAL_NOUN,
                subject.path("kind").asText(""),
                subject.path("promptedBy").asText(""));
    }
}
