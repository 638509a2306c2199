package athanor.console.run;

import athanor.contracts.json.Json;
import athanor.contracts.recipe.Recipe;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A value that two recipes do not have in common.
 *
 * @param one empty where that recipe does not name it
 */
public record RecipeDifference(String key, String one, String other) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The recipe beside what its base is trained with if nobody asks for anything else. */
    public static List<RecipeDifference> fromDefaults(Recipe recipe) {
        return between(Recipe.defaults(recipe.baseModel(), recipe.subject().classNoun()), recipe);
    }

    public static List<RecipeDifference> between(Recipe one, Recipe other) {
        Map<String, String> before = values(one);
        Map<String, String> after = values(other);
        TreeSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        List<RecipeDifference> found = new ArrayList<>();
        for (String key : keys) {
            String left = before.getOrDefault(key, "");
            String right = after.getOrDefault(key, "");
            if (!left.equals(right)) {
                found.add(new RecipeDifference(key, left, right));
            }
        }
        return found;
    }

    private static Map<String, String> values(Recipe recipe) {
        Map<String, String> values = new TreeMap<>();
        try {
            flatten("", JSON.readTree(Json.write(recipe)), values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        return values;
    }

    private static void flatten(String path, JsonNode node, Map<String, String> values) {
        if (node.isObject() && !node.has("width")) {
            node.properties()
                    .forEach(field -> flatten(
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), values));
        } else if (node.isObject()) {
            values.put(
                    path, node.get("width").asText() + "x" + node.path("height").asText());
        } else {
            values.put(path, node.isValueNode() ? node.asText() : node.toString());
        }
    }
}
