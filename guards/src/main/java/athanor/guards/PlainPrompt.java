package athanor.guards;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prompt as words: without weights, brackets, tags, underscores and hyphens, and of each character where it was typed, so that
 * words can be exchanged without touching what stands around them.
 *
 * @param text in small letters, single spaces
 * @param at where each character of the text stands in the prompt
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PlainPrompt(String prompt, String text, int[] at) {

    private static final Pattern LORA_TAG = Pattern.compile("<[^>]*>");
    private static final Pattern WEIGHT = Pattern.compile(":\\s*[-+]?\\d*\\.?\\d+\\s*(?=[)\\]])");
    private static final Pattern BREAK = Pattern.compile("\\bBREAK\\b");
    private static final Pattern NO_WORD = Pattern.compile("[()\\[\\]{}\\s_\\-‐-―]");

    static PlainPrompt of(String prompt) {
        char[] words = prompt.toCharArray();
        blank(words, LORA_TAG.matcher(prompt), ' ');
        blank(words, WEIGHT.matcher(prompt), ' ');
        blank(words, BREAK.matcher(prompt), ',');
        blank(words, NO_WORD.matcher(prompt), ' ');
        StringBuilder text = new StringBuilder();
        int[] at = new int[words.length];
        for (int i = 0; i < words.length; i++) {
            boolean space = words[i] == ' ';
            if (space && (text.isEmpty() || text.charAt(text.length() - 1) == ' ')) {
                continue;
            }
            at[text.length()] = i;
            text.append(Character.toLowerCase(words[i]));
        }
        return new PlainPrompt(prompt, text.toString().stripTrailing(), at);
    }

    /** The text of words that do not come from a prompt. */
    static String words(String text) {
        return of(text).text().toLowerCase(Locale.ROOT);
    }

    private static void blank(char[] words, Matcher found, char by) {
        while (found.find()) {
            for (int i = found.start(); i < found.end(); i++) {
                words[i] = i == found.start() ? by : ' ';
            }
        }
    }

    /**
     * The prompt with other words in the place of some of its own; brackets and weights among them stay.
     *
     * @param start in the plain text
     * @param end in it, exclusive
     */
    String with(int start, int end, String words) {
        StringBuilder changed = new StringBuilder(prompt.substring(0, at[start])).append(words);
        for (int i = at[start]; i <= at[end - 1]; i++) {
            char typed = prompt.charAt(i);
            if ("()[]{}".indexOf(typed) >= 0) {
                changed.append(typed);
            }
        }
        return changed.append(prompt.substring(at[end - 1] + 1)).toString();
    }
}
