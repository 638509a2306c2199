package athanor.contracts.json;

import athanor.contracts.events.EventId;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/**
 * The JSON form of the contracts, in one place: times as ISO strings, absent fields left out, fields that a later
 * version adds ignored, a run id as a plain string, {@link RunState} with its name as {@code type}.
 */
public final class Json {

    private static final ObjectMapper MAPPER = mapper();
    private static final ObjectMapper STRICT = mapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private Json() {}

    /** A mapper set up like ours, for a framework that wants to hold one. */
    public static ObjectMapper mapper() {
        return JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .addMixIn(RunId.class, PlainText.class)
                .addMixIn(EventId.class, PlainText.class)
                .addMixIn(RunState.class, Tagged.class)
                .serializationInclusion(JsonInclude.Include.NON_NULL)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT) // a seed of 1.5 is no 1
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .build();
    }

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw unwritable(value, e);
        }
    }

    /** UTF-8. */
    public static byte[] bytes(Object value) {
        return write(value).getBytes(StandardCharsets.UTF_8);
    }

    /** For people: indented, fields in the order of the record. */
    public static String pretty(Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
        } catch (JsonProcessingException e) {
            throw unwritable(value, e);
        }
    }

    /** @throws JsonException when the text is no JSON or does not make a valid {@code type} */
    public static <T> T read(String json, Class<T> type) {
        try {
            return present(MAPPER.readValue(json, type), type);
        } catch (JsonProcessingException e) {
            throw unreadable(type, e);
        }
    }

    /**
     * What a person wrote: a field that the record does not have is refused, so that a misspelt wish is not passed over.
     *
     * @throws JsonException when the text is no JSON or does not make a valid {@code type}
     */
    public static <T> T readStrictly(String json, Class<T> type) {
        try {
            return present(STRICT.readValue(json, type), type);
        } catch (JsonProcessingException e) {
            throw unreadable(type, e);
        }
    }

    /** @throws JsonException when the bytes are no JSON or do not make a valid {@code type} */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            return present(MAPPER.readValue(json, type), type);
        } catch (IOException e) {
            throw unreadable(type, e);
        }
    }

    /**
     * A value with the fields of a partial JSON object laid over it, part by part. A field that the record does not
     * have is refused: a user who misspells {@code steps} shall hear about it.
     */
    public static <T extends Record> T merge(T base, String partialJson) {
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) base.getClass();
        try {
            JsonNode over = MAPPER.readTree(partialJson);
            if (!(over instanceof ObjectNode changes)) {
                throw new JsonException(
                        "%s must be a JSON object, got '%s'".formatted(type.getSimpleName(), over), new IOException());
            }
            ObjectNode tree = MAPPER.valueToTree(base);
            lay(changes, tree);
            return present(STRICT.treeToValue(tree, type), type);
        } catch (JsonProcessingException e) {
            throw unreadable(type, e);
        }
    }

    private static void lay(ObjectNode changes, ObjectNode onto) {
        Iterator<String> names = changes.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            JsonNode change = changes.get(name);
            if (change instanceof ObjectNode part && onto.get(name) instanceof ObjectNode below) {
                lay(part, below);
            } else {
                onto.set(name, change);
            }
        }
    }

    private static <T> T present(T value, Class<T> type) {
        if (value == null) {
            throw new JsonException(
                    "%s cannot be read: the JSON is null".formatted(type.getSimpleName()), new IOException());
        }
        return value;
    }

    private static JsonException unreadable(Class<?> type, IOException e) {
        String where =
                e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty() ? " at " + path(mapping) : "";
        Throwable refusal = e.getCause() instanceof IllegalArgumentException ? e.getCause() : e;
        String why = refusal instanceof JsonProcessingException jackson
                ? jackson.getOriginalMessage()
                : String.valueOf(refusal.getMessage());
        return new JsonException("%s cannot be read%s: %s".formatted(type.getSimpleName(), where, why), e);
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }

    private static IllegalStateException unwritable(Object value, JsonProcessingException e) {
        return new IllegalStateException(
                "%s has no JSON form".formatted(value.getClass().getName()), e);
    }

    /** A record of one string that is written as that string. */
    private abstract static class PlainText {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        PlainText(String value) {}

        @JsonValue
        abstract String value();
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonIgnoreProperties({"rank", "name", "over"})
    @JsonSubTypes({
        @JsonSubTypes.Type(value = RunState.Requested.class, name = "Requested"),
        @JsonSubTypes.Type(value = RunState.Validating.class, name = "Validating"),
        @JsonSubTypes.Type(value = RunState.Preparing.class, name = "Preparing"),
        @JsonSubTypes.Type(value = RunState.Queued.class, name = "Queued"),
        @JsonSubTypes.Type(value = RunState.Training.class, name = "Training"),
        @JsonSubTypes.Type(value = RunState.Paused.class, name = "Paused"),
        @JsonSubTypes.Type(value = RunState.Rendering.class, name = "Rendering"),
        @JsonSubTypes.Type(value = RunState.Finished.class, name = "Finished"),
        @JsonSubTypes.Type(value = RunState.Failed.class, name = "Failed"),
        @JsonSubTypes.Type(value = RunState.Cancelled.class, name = "Cancelled")
    })
    private interface Tagged {}
}
