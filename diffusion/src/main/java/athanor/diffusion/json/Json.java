package athanor.diffusion.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A strict JSON reader (RFC 8259) for files that strangers wrote: a key that stands twice, a depth beyond
 * {@value #MAX_DEPTH} or more than {@value #MAX_VALUES} values are errors and not surprises, and whole numbers stay
 * whole.
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

    private final String text;
    private int at;
    private int values;

    private Json(String text) {
        this.text = text;
    }

    /** @param utf8 one JSON value; white space around it is allowed */
    public static @Nullable Object parse(byte[] utf8) throws JsonException {
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new JsonException("found bytes that are not UTF-8");
        }
    }

    public static @Nullable Object parse(String text) throws JsonException {
        Json json = new Json(text);
        Object value = json.value(0);
        json.skipSpace();
        if (json.at < text.length()) {
            throw json.error("the end of the text");
        }
        return value;
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

    private @Nullable Object value(int depth) throws JsonException {
        if (depth > MAX_DEPTH) {
            throw new JsonException("found more than %d nested levels at character %d".formatted(MAX_DEPTH, at));
        }
        if (++values > MAX_VALUES) {
            throw new JsonException("found more than %d values".formatted(MAX_VALUES));
        }
        skipSpace();
        if (at >= text.length()) {
            throw error("a value");
        }
        return switch (text.charAt(at)) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object(int depth) throws JsonException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        at++;
        if (next('}')) {
            return object;
        }
        do {
            skipSpace();
            String key = string();
            want(':');
            if (object.containsKey(key)) {
                throw new JsonException("found the key \"%s\" twice in one object".formatted(key));
            }
            object.put(key, value(depth + 1));
        } while (next(','));
        want('}');
        return object;
    }

    private List<@Nullable Object> array(int depth) throws JsonException {
        List<@Nullable Object> array = new ArrayList<>();
        at++;
        if (next(']')) {
            return array;
        }
        do {
            array.add(value(depth + 1));
        } while (next(','));
        want(']');
        return array;
    }

    private String string() throws JsonException {
        if (at >= text.length() || text.charAt(at) != '"') {
            throw error("a string");
        }
        int start = ++at;
        StringBuilder unescaped = null;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return unescaped == null ? text.substring(start, at - 1) : unescaped.toString();
            }
            if (c < ' ') {
                at--;
                throw error("no control character inside a string");
            }
            if (c == '\\') {
                if (unescaped == null) {
                    unescaped = new StringBuilder(text.substring(start, at - 1));
                }
                unescaped.append(escape());
            } else if (unescaped != null) {
                unescaped.append(c);
            }
        }
        throw error("the end of a string");
    }

    private char escape() throws JsonException {
        if (at >= text.length()) {
            throw error("an escape");
        }
        char c = text.charAt(at++);
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> {
                at--;
                throw error("an escape");
            }
        };
    }

    private char unicode() throws JsonException {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = at < text.length() && text.charAt(at) < 128 ? Character.digit(text.charAt(at), 16) : -1;
            if (digit < 0) {
                throw error("four hexadecimal digits");
            }
            code = code << 4 | digit;
            at++;
        }
        return (char) code;
    }

    private @Nullable Object word(String word, @Nullable Object value) throws JsonException {
        if (!text.startsWith(word, at)) {
            throw error("a value");
        }
        at += word.length();
        return value;
    }

    private Number number() throws JsonException {
        int start = at;
        accept("-");
        int digits = at;
        if (text.startsWith("Infinity", at)) {
            at += "Infinity".length();
            return digits == start ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        int whole = digits();
        if (whole == 0 || whole > 1 && text.charAt(digits) == '0') {
            throw error("a value");
        }
        boolean isWhole = true;
        if (accept(".")) {
            isWhole = false;
            if (digits() == 0) {
                throw error("a digit");
            }
        }
        if (accept("eE")) {
            isWhole = false;
            accept("+-");
            if (digits() == 0) {
                throw error("a digit");
            }
        }
        String number = text.substring(start, at);
        if (!isWhole) {
            return Double.valueOf(number);
        }
        try {
            return Long.valueOf(number);
        } catch (NumberFormatException e) {
            throw new JsonException("found a whole number of %d digits, which is beyond 64 bits, at character %d"
                    .formatted(whole, start));
        }
    }

    private int digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at - start;
    }

    private boolean accept(String oneOf) {
        if (at < text.length() && oneOf.indexOf(text.charAt(at)) >= 0) {
            at++;
            return true;
        }
        return false;
    }

    private boolean next(char wanted) {
        skipSpace();
        return accept(String.valueOf(wanted));
    }

    private void want(char wanted) throws JsonException {
        if (!next(wanted)) {
            throw error("'" + wanted + "'");
        }
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private JsonException error(String wanted) {
        String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
        return new JsonException("found %s at character %d, wanted %s".formatted(found, at, wanted));
    }
}
