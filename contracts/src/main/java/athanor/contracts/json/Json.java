package athanor.contracts.json;

import athanor.contracts.events.EventId;
import athanor.contracts.events.EventType;
import athanor.contracts.events.RunEvent;
import athanor.contracts.plan.PlanView;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.recipe.SamplerName;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;

/**
 * The JSON form of the contracts, in one place: times as ISO strings, absent fields left out, fields that a later
 * version adds ignored, a run id as a plain string, {@link RunState} with its name as {@code type}.
 */
public final class Json {

    private static final ObjectMapper MAPPER = mapper();
    private static final ObjectMapper STRICT = strict();
    /** Strict, and a recipe may be partial. */
    private static final ObjectMapper FRONT_DOOR = strict().registerModule(new SimpleModule("front door")
            .addDeserializer(Recipe.class, new PartialRecipe())
            .addDeserializer(Instant.class, new TimeAsText()));

    private Json() {}

    /** A mapper set up like ours, for a framework that wants to hold one. */
    public static ObjectMapper mapper() {
        return JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .addModule(new SimpleModule("samplers").addDeserializer(SamplerName.class, new SamplerAsWritten()))
                .addMixIn(RunId.class, PlainText.class)
                .addMixIn(EventId.class, PlainText.class)
                .addMixIn(RunState.class, Tagged.class)
                .addMixIn(PlanView.class, SecondsAlways.class)
                .serializationInclusion(JsonInclude.Include.NON_NULL)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                // 6.7 steps are not 6, "6" is a text and no number, and a number is no text.
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .build();
    }

    private static ObjectMapper strict() {
        return mapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
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
     * What a person wrote: a field that the record does not have is refused, so that a misspelt wish is not passed over, and so are
     * bytes that are no UTF-8. A recipe in it may be partial; the rest are the defaults of its base.
     *
     * @throws JsonException when the bytes are no JSON or do not make a valid {@code type}
     */
    public static <T> T readStrictly(byte[] json, Class<T> type) {
        return read(FRONT_DOOR, json, type);
    }

    /** The same of a text that was decoded already. */
    public static <T> T readStrictly(String json, Class<T> type) {
        return readStrictly(json.getBytes(StandardCharsets.UTF_8), type);
    }

    /**
     * An event as it travels: those that services send one another may have fields of a later version; the one at the front
     * door, which strangers write, is read as strictly as a request by REST.
     *
     * @throws JsonException when the bytes are no JSON or do not make a valid event
     */
    public static RunEvent readEvent(byte[] json, EventType type) {
        return read(type == EventType.RUN_REQUESTED ? FRONT_DOOR : MAPPER, json, type.record());
    }

    /** The run that a text is about, even if nothing else in it can be read. */
    public static Optional<RunId> runIdIn(byte[] json) {
        try {
            JsonNode id = MAPPER.readTree(json).path("runId");
            return id.isTextual() ? Optional.of(new RunId(id.asText())) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** @throws JsonException when the bytes are no JSON or do not make a valid {@code type} */
    public static <T> T read(byte[] json, Class<T> type) {
        return read(MAPPER, json, type);
    }

    private static <T> T read(ObjectMapper mapper, byte[] json, Class<T> type) {
        try {
            return present(mapper.readValue(json, type), type);
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
            JsonNode over = STRICT.readTree(partialJson);
            if (!(over instanceof ObjectNode changes)) {
                throw new JsonException(
                        "%s must be a JSON object, got '%s'".formatted(type.getSimpleName(), over), new IOException());
            }
            return present(over(base, changes), type);
        } catch (JsonProcessingException e) {
            throw unreadable(type, e);
        }
    }

    static <T extends Record> T over(T base, ObjectNode changes) throws JsonProcessingException {
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) base.getClass();
        ObjectNode tree = MAPPER.valueToTree(base);
        lay(changes, tree);
        return STRICT.treeToValue(tree, type);
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
        return new JsonException(JsonSentence.of(type, e), e);
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
        @JsonSubTypes.Type(value = RunState.Cancelled.class, name = "Cancelled"),
        @JsonSubTypes.Type(value = RunState.Erased.class, name = "Erased")
    })
    private interface Tagged {}

    /** That nobody measured it is an answer; a missing field would be none. */
    private interface SecondsAlways {
        @JsonInclude(JsonInclude.Include.ALWAYS)
        Double seconds();
    }
}
