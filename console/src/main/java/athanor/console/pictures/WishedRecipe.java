package athanor.console.pictures;

import athanor.contracts.recipe.PriorMode;
import athanor.contracts.rest.ChoiceView;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.jspecify.annotations.Nullable;

/** The part of a recipe that a form names; ingest-service knows the rest and says what does not fit. */
final class WishedRecipe {

    private static final ObjectMapper JSON = new ObjectMapper();

    private WishedRecipe() {}

    /**
     * @param way null leaves it to the base and the subject
     * @param settings lines of {@code part.field=value}
     * @throws IllegalArgumentException with a sentence for a line that is none
     */
    static ObjectNode of(String base, String trigger, String noun, @Nullable ChoiceView way, String settings) {
        ObjectNode recipe = JSON.createObjectNode();
        putText(recipe, "baseModel", base);
        ObjectNode subject = JSON.createObjectNode();
        putText(subject, "trigger", trigger);
        putText(subject, "classNoun", noun);
        if (!subject.isEmpty()) {
            recipe.set("subject", subject);
        }
        if (way != null) {
            choose(recipe, way);
        }
        settings.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> set(recipe, line));
        return recipe;
    }

    private static void choose(ObjectNode recipe, ChoiceView way) {
        recipe.put("instances", way.instances());
        ObjectNode prior = recipe.withObject("/prior").put("mode", way.prior().name());
        if (way.headMasked()) {
            prior.put("headMasked", true);
        }
        if (way.prior() == PriorMode.OFF) {
            recipe.put("plainFineTuning", true);
        }
    }

    private static void putText(ObjectNode object, String field, String value) {
        if (!value.isBlank()) {
            object.put(field, value.strip());
        }
    }

    private static void set(ObjectNode recipe, String line) {
        int equals = line.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException(
                    "the line '%s' is no setting; wanted one like training.steps=900".formatted(line));
        }
        String[] path = line.substring(0, equals).strip().split("\\.", -1);
        ObjectNode place = recipe;
        for (int i = 0; i < path.length - 1; i++) {
            place = place.withObject("/" + path[i]);
        }
        place.set(path[path.length - 1], value(line.substring(equals + 1).strip()));
    }

    /** A number, true, an object; everything else is text. */
    private static JsonNode value(String text) {
        if (text.matches("\\d+x\\d+")) {
            String[] sides = text.split("x", -1);
            return JSON.createObjectNode()
                    .put("width", Integer.parseInt(sides[0]))
                    .put("height", Integer.parseInt(sides[1]));
        }
        try {
            JsonNode read = JSON.readTree(text);
            return read == null || read.isMissingNode() ? TextNode.valueOf(text) : read;
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }
}
