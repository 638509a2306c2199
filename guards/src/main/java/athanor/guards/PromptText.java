package athanor.guards;

import java.util.Locale;
import java.util.regex.Pattern;

/** A prompt as words: without weights, brackets, tags, underscores and hyphens. */
final class PromptText {

    private static final Pattern LORA_TAG = Pattern.compile("<[^>]*>");
    private static final Pattern WEIGHT = Pattern.compile(":\\s*[-+]?\\d*\\.?\\d+\\s*(?=[)\\]])");
    private static final Pattern BREAK = Pattern.compile("\\bBREAK\\b");
    private static final Pattern BRACKETS = Pattern.compile("[()\\[\\]{}]");
    private static final Pattern JOINERS = Pattern.compile("[_\\-‐-―]");

    private PromptText() {}

    static String plain(String prompt) {
        String words = LORA_TAG.matcher(prompt).replaceAll(" ");
        words = WEIGHT.matcher(words).replaceAll(" ");
        words = BREAK.matcher(words).replaceAll(" , ");
        words = BRACKETS.matcher(words).replaceAll(" ");
        words = JOINERS.matcher(words).replaceAll(" ");
        return words.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
    }
}
