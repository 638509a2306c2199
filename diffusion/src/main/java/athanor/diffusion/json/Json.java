package athanor.diffusion.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A strict JSON reader (RFC 8259) for files that strangers wrote, on Jackson's streaming parser: a key that stands twice, a
 * depth beyond {@value #MAX_DEPTH} or more than {@value #MAX_VALUES} values are errors and not surprises, and whole numbers
 * stay whole.
 *
 * <p>One thing beyond the standard: {@code Infinity} and {@code -Infinity}, which Python writes and which stand in the scheduler
 * files of many bases.
 *
 * <p>Objects become {@link LinkedHashMap}, arrays {@link ArrayList}, whole numbers {@link Long}, other numbers
 * {@link Double}, the rest {@link String}, {@link Boolean} and null.
 */
public final class Json {

    static final int MAX_DEPTH = 64;
    static final int MAX_VALUES = 4_000_000;

    /** The longest header that a safetensors file may have, which may be one string of metadata. */
    static final int MAX_CHARACTERS = 100_000_000;

    private static final int MAX_NAME_CHARACTERS = 1_000_000;
    private static final int MAX_DIGITS = 1_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxDocumentLength(MAX_CHARACTERS)
                    .maxStringLength(MAX_CHARACTERS)
                    .maxNameLength(MAX_NAME_CHARACTERS)
                    .maxNumberLength(MAX_DIGITS)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            // Names of tensors and of tokens hardly ever come again, and a stranger's could be made to collide.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final JsonParser parser;
    private int values;

    private Json(JsonParser parser) {
        this.parser = parser;
    }

    /** @param utf8 one JSON value; white space around it is allowed */
    public static @Nullable Object parse(byte[] utf8) throws JsonException {
        // A decoder of its own refuses what is not UTF-8; Jackson's would read some of it.
        return parse(new InputStreamReader(new ByteArrayInputStream(utf8), StandardCharsets.UTF_8.newDecoder()));
    }

    public static @Nullable Object parse(String text) throws JsonException {
        return parse(new StringReader(text));
    }

    private static @Nullable Object parse(Reader text) throws JsonException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            Json json = new Json(parser);
            Object value = json.value(json.next());
            if (json.nextOrEnd() != null) {
                throw json.error("another value", "the end of the text");
            }
            return value;
        } catch (CharacterCodingException e) {
            throw new JsonException("found bytes that are not UTF-8");
        } catch (IOException e) {
            throw new JsonException("found JSON that cannot be read: " + e);
        }
    }

    /** A JSON object; anything else is an error. */
    public static Map<String, @Nullable Object> parseObject(byte[] utf8) throws JsonException {
        if (parse(utf8) instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            map.forEach((key, value) -> object.put((String) key, value));
            return object;
        }
        throw new JsonException("found a value that is no JSON object");
    }

    private @Nullable Object value(JsonToken first) throws IOException, JsonException {
        if (++values > MAX_VALUES) {
            throw new JsonException("found more than %d values".formatted(MAX_VALUES));
        }
        return switch (first) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> wholeNumber();
            case VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw error("'" + parser.getText() + "'", "a value");
        };
    }

    private Map<String, @Nullable Object> object() throws IOException, JsonException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (next() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            if (object.containsKey(key)) {
                throw new JsonException("found the key \"%s\" twice in one object".formatted(key));
            }
            object.put(key, value(next()));
        }
        return object;
    }

    private List<@Nullable Object> array() throws IOException, JsonException {
        List<@Nullable Object> array = new ArrayList<>();
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
            array.add(value(token));
        }
        return array;
    }

    private Long wholeNumber() throws IOException, JsonException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw new JsonException("found a whole number of %d digits, which is beyond 64 bits, at character %d"
                    .formatted(
                            parser.getText().replace("-", "").length(),
                            parser.currentTokenLocation().getCharOffset()));
        }
        return parser.getLongValue();
    }

    private Double number() throws IOException, JsonException {
        if (parser.isNaN() && !parser.getText().matches("-?Infinity")) {
            throw error("'" + parser.getText() + "'", "a value");
        }
        return parser.getDoubleValue();
    }

    private JsonToken next() throws IOException, JsonException {
        JsonToken token = nextOrEnd();
        if (token == null) {
            throw error("the end", wanted());
        }
        return token;
    }

    private @Nullable JsonToken nextOrEnd() throws IOException, JsonException {
        try {
            return parser.nextToken();
        } catch (StreamConstraintsException e) {
            throw parser.getParsingContext().getNestingDepth() > MAX_DEPTH
                    ? new JsonException("found more than %d nested levels at character %d".formatted(MAX_DEPTH, at()))
                    : new JsonException("found more than is read: " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            // Jackson goes on to list what it knows as values, NaN included.
            String what = e.getOriginalMessage().replaceFirst(": expected a valid value.*", "");
            throw error("no JSON (%s)".formatted(what), e.getLocation().getCharOffset(), wanted());
        }
    }

    /** What may come where the parser stands: with a key it has looked at the value behind it, too. */
    private String wanted() {
        if (parser.currentToken() == JsonToken.FIELD_NAME) {
            return "a value";
        }
        if (parser.getParsingContext().inObject()) {
            return "a string or '}'";
        }
        if (parser.getParsingContext().inArray()) {
            return "a value or ']'";
        }
        return parser.currentToken() == null ? "a value" : "the end of the text";
    }

    private JsonException error(String found, String wanted) {
        return error(found, at(), wanted);
    }

    private static JsonException error(String found, long at, String wanted) {
        return new JsonException("found %s at character %d, wanted %s".formatted(found, at, wanted));
    }

    private long at() {
        return parser.currentLocation().getCharOffset();
    }
}
