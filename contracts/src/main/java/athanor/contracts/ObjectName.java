package athanor.contracts;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** How buckets and keys may be called on every S3 store. What no store can hold is refused where it is read, with a sentence. */
public final class ObjectName {

    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    /** Of S3: bytes of a key as UTF-8. */
    private static final int LONGEST_KEY = 1_024;

    private static final int LONGEST_QUOTE = 80;

    private ObjectName() {}

    public static void bucket(String bucket, String name) {
        Check.text(bucket, name);
        Check.that(
                BUCKET.matcher(bucket).matches() && !bucket.contains(".."),
                "%s has 3 to 63 of a-z, 0-9, '.' and '-', got '%s'",
                name,
                Excerpt.of(bucket, LONGEST_QUOTE));
    }

    public static void key(String key, String name) {
        Check.text(key, name);
        prefix(key, name);
    }

    /** The beginning of a key, which may be empty. */
    public static void prefix(String prefix, String name) {
        String shown = Excerpt.of(prefix, LONGEST_QUOTE);
        Check.that(!prefix.startsWith("/"), "%s has no leading slash, got '%s'", name, shown);
        Check.that(
                Arrays.stream(prefix.split("/", -1)).noneMatch(part -> part.equals(".") || part.equals("..")),
                "%s has no part '.' or '..', got '%s'",
                name,
                shown);
        Check.that(prefix.chars().noneMatch(Character::isISOControl), "%s has no control characters", name);
        int bytes = bytes(prefix, name);
        Check.that(bytes <= LONGEST_KEY, "%s has %d bytes, at most %d can be stored", name, bytes, LONGEST_KEY);
    }

    private static int bytes(String text, String name) {
        try {
            return StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(text))
                    .remaining();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("%s holds half a character and cannot be stored".formatted(name), e);
        }
    }
}
