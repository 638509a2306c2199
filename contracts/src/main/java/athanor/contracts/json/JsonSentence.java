package athanor.contracts.json;

import athanor.contracts.Excerpt;
import athanor.contracts.Nearest;
import athanor.contracts.events.EventId;
import athanor.contracts.run.RunId;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What Jackson refuses, in words for whoever wrote the JSON: where, what was found, what was wanted. No names of classes. */
final class JsonSentence {

    private static final int LONGEST_VALUE = 80;
    private static final int LONGEST_SENTENCE = 1_000;
    private static final Pattern FROM = Pattern.compile("(?:from|coerce) ([A-Z][\\w-]*) value(?: \\((.*?)\\))?");

    private static final String INT = "a whole number from %d to %d".formatted(Integer.MIN_VALUE, Integer.MAX_VALUE);
    private static final String LONG = "a whole number from %d to %d".formatted(Long.MIN_VALUE, Long.MAX_VALUE);

    private JsonSentence() {}

    static String of(Class<?> wanted, IOException e) {
        String where =
                e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
                        ? " at " + Excerpt.of(path(mapping), LONGEST_VALUE)
                        : "";
        return "%s cannot be read%s: %s"
                .formatted(wanted.getSimpleName(), where, Excerpt.of(reason(e), LONGEST_SENTENCE));
    }

    private static String reason(IOException e) {
        if (e.getCause() instanceof IllegalArgumentException refused) {
            return String.valueOf(refused.getMessage()); // one of the contracts' own sentences
        }
        if (e.getCause() instanceof NullPointerException) {
            return "a list holds null";
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            return unknown(unknown);
        }
        if (e instanceof InvalidTypeIdException kind) {
            return kind.getTypeId() == null
                    ? "its type is missing"
                    : "there is no type '%s'".formatted(Excerpt.of(kind.getTypeId(), LONGEST_VALUE));
        }
        if (e instanceof InvalidFormatException misfit) {
            return "wanted %s, got %s".formatted(wanted(misfit.getTargetType()), quoted(misfit.getValue()));
        }
        if (e.getCause() instanceof InputCoercionException range) {
            return "wanted %s, got one that is out of its range"
                    .formatted(range.getTargetType() == int.class ? INT : LONG);
        }
        String said = e instanceof JsonProcessingException jackson
                ? jackson.getOriginalMessage()
                : String.valueOf(e.getMessage());
        if (said.startsWith("No content to map")) {
            return "there is nothing in it";
        }
        if (e instanceof MismatchedInputException mismatch && !said.startsWith("Trailing token")) {
            return "wanted %s, %s".formatted(wanted(mismatch.getTargetType()), found(mismatch));
        }
        return plain(said);
    }

    private static String unknown(UnrecognizedPropertyException e) {
        String name = Excerpt.of(e.getPropertyName(), LONGEST_VALUE);
        Class<?> owner = e.getReferringClass();
        if (owner == null || !owner.isRecord()) {
            return "there is no '%s'".formatted(name);
        }
        List<String> known = Arrays.stream(owner.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        return "there is no '%s'%s; known are %s"
                .formatted(name, Nearest.inWords(e.getPropertyName(), known), String.join(", ", known));
    }

    private static String wanted(@Nullable Class<?> type) {
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number";
        }
        if (type == double.class || type == Double.class) {
            return "a number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == String.class || type == RunId.class || type == EventId.class) {
            return "a text";
        }
        if (type == Instant.class) {
            return "a time such as 2026-11-23T12:00:00Z";
        }
        if (type != null && type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(Objects::toString)
                            .collect(Collectors.joining(", "));
        }
        return type != null && Collection.class.isAssignableFrom(type) ? "a list" : "an object";
    }

    private static String found(MismatchedInputException e) {
        JsonToken token = e.getProcessor() instanceof JsonParser parser ? parser.currentToken() : null;
        if (token == null) {
            return "got " + kind(e.getOriginalMessage());
        }
        return switch (token) {
            case START_OBJECT, FIELD_NAME -> "got an object";
            case START_ARRAY -> "got a list";
            case END_OBJECT, END_ARRAY -> "got nothing";
            case VALUE_NULL -> "got null";
            default -> "got " + quoted(text((JsonParser) e.getProcessor()));
        };
    }

    /** The parser is closed by now, but the message says it. */
    private static String kind(String said) {
        if (said.startsWith("Cannot map `null`")) {
            return "nothing";
        }
        Matcher from = FROM.matcher(said);
        if (!from.find()) {
            return "something else";
        }
        String value = from.group(2);
        if (value != null && !value.contains("JsonToken")) {
            String bare = Excerpt.of(value.replaceAll("^[\"']|[\"']$", ""), LONGEST_VALUE);
            return from.group(1).equals("String") ? "'" + bare + "'" : bare;
        }
        return switch (from.group(1)) {
            case "Array" -> "a list";
            case "Object" -> "an object";
            case "String" -> "a text";
            case "Number", "Integer", "Floating-point" -> "a number";
            case "Boolean" -> "true or false";
            default -> "something else";
        };
    }

    private static @Nullable Object text(JsonParser parser) {
        try {
            String text = parser.getText();
            return parser.currentToken() == JsonToken.VALUE_STRING ? text : new Bare(text);
        } catch (IOException e) {
            return null;
        }
    }

    /** A number or a truth value as it was written. */
    private record Bare(String text) {}

    private static String quoted(@Nullable Object value) {
        if (value instanceof Bare bare) {
            return Excerpt.of(bare.text(), LONGEST_VALUE);
        }
        return value instanceof String text
                ? "'" + Excerpt.of(text, LONGEST_VALUE) + "'"
                : Excerpt.of(String.valueOf(value), LONGEST_VALUE);
    }

    /** About text that is no JSON at all the parser speaks well, but for the names of its settings and classes. */
    private static String plain(String said) {
        return said.startsWith("Trailing token")
                ? "something stands behind the end of the JSON"
                : said.replaceAll("\\[Source: [^;\\]]*; ?", "[")
                        .replaceAll(",? ?(from|as per) `[^`]*`", "")
                        .replaceAll("`(?:[A-Za-z]\\w*\\.)*(\\w+)[^`]*`", "$1")
                        .replaceAll(": enable [\\w.]+ to allow", ", which JSON does not have")
                        .replaceAll("\\b(?:[a-z]\\w*\\.)+([A-Z]\\w*)", "$1");
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
}
