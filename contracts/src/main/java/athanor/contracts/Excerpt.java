package athanor.contracts;

/** The beginning of a text that strangers may have made of any length, for a sentence, a header or a log line. */
public final class Excerpt {

    private Excerpt() {}

    /** The text itself, or its beginning and how many characters there were; at most {@code most} characters together. */
    public static String of(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        String rest = "… (%d characters)".formatted(text.length());
        int end = Math.max(1, most - rest.length());
        // Never half of a character that takes two chars.
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + rest;
    }
}
