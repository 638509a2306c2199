package athanor.contracts.events;

import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schema 2020-12 of an event, from its record: absent fields are those marked nullable, unknown fields are allowed
 * because a later version may add them. At the front door it is the other way round: a recipe may leave out what it likes, and
 * a field that nobody knows is refused.
 */
final class SchemaWriter {

    private final Map<String, Object> definitions = new TreeMap<>();
    private final boolean frontDoor;

    private SchemaWriter(boolean frontDoor) {
        this.frontDoor = frontDoor;
    }

    static Map<String, Object> of(EventType type) {
        SchemaWriter writer = new SchemaWriter(type == EventType.RUN_REQUESTED);
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("$id", type.wire() + ".schema.json");
        schema.put("title", type.wire());
        schema.putAll(writer.object(type.record()));
        if (!writer.definitions.isEmpty()) {
            schema.put("$defs", writer.definitions);
        }
        return schema;
    }

    private Map<String, Object> object(Class<?> record) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : record.getRecordComponents()) {
            properties.put(component.getName(), schema(component.getGenericType()));
            boolean named =
                    record == RunRequested.class && component.getName().equals("pictures"); // or by their source
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class) && !named) {
                required.add(component.getName());
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        boolean partial = frontDoor && (record == Recipe.class || record.getDeclaringClass() == Recipe.class);
        if (!partial) {
            schema.put("required", required);
        }
        if (frontDoor) {
            schema.put("additionalProperties", false);
        }
        return schema;
    }

    private Map<String, Object> schema(Type type) {
        if (type instanceof ParameterizedType list) {
            return ordered("type", "array", "items", schema(list.getActualTypeArguments()[0]));
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) {
            return Map.of("type", "string");
        }
        if (plain == int.class || plain == Integer.class || plain == long.class) {
            return Map.of("type", "integer");
        }
        if (plain == double.class || plain == Double.class) {
            return Map.of("type", "number");
        }
        if (plain == boolean.class || plain == Boolean.class) {
            return Map.of("type", "boolean");
        }
        return named(plain);
    }

    private Map<String, Object> named(Class<?> type) {
        String name =
                type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
        if (!definitions.containsKey(name)) {
            definitions.put(name, Map.of()); // a placeholder, should a type ever contain itself
            definitions.put(name, definition(type));
        }
        return Map.of("$ref", "#/$defs/" + name);
    }

    private Map<String, Object> definition(Class<?> type) {
        if (type == Instant.class) {
            return ordered("type", "string", "format", "date-time");
        }
        if (type == RunId.class) {
            return ordered("type", "string", "pattern", "^[a-z0-9][a-z0-9-]{2,62}$");
        }
        if (type.isEnum()) {
            return ordered(
                    "type",
                    "string",
                    "enum",
                    Arrays.stream(type.getEnumConstants()).map(Object::toString).toList());
        }
        return type == RunState.class ? states() : object(type);
    }

    private Map<String, Object> states() {
        List<Map<String, Object>> kinds = new ArrayList<>();
        for (Class<?> state : RunState.class.getDeclaredClasses()) {
            if (state.isRecord()) {
                kinds.add(state(state));
            }
        }
        kinds.sort((a, b) -> a.get("title").toString().compareTo(b.get("title").toString()));
        return Map.of("oneOf", kinds);
    }

    private Map<String, Object> state(Class<?> state) {
        Map<String, Object> object = object(state);
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("type", Map.of("const", state.getSimpleName()));
        properties.putAll(castToMap(object.get("properties")));
        List<String> required = new ArrayList<>(List.of("type"));
        ((List<?>) object.get("required")).forEach(name -> required.add((String) name));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("title", state.getSimpleName());
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        return schema;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> castToMap(Object value) {
        return (Map<String, Object>) value;
    }

    private static Map<String, Object> ordered(String key, Object value, String key2, Object value2) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, value);
        map.put(key2, value2);
        return map;
    }
}
