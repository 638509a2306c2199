package athanor.diffusion.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the common web UIs let people write into a prompt beside weights and this library does not carry out: LoRA tags, AND,
 * wordings that change between steps, wildcards. It is named and not read as words.
 *
 * @param prompt with the first of several wordings and without the tags; weights are still in it
 * @param warnings a sentence for each notation that was met
 */
record ForeignNotation(String prompt, List<String> warnings) {

    private static final Pattern TAG = Pattern.compile("<\\s*(\\w+)\\s*:[^<>]*>");
    private static final Pattern EMBEDDING = Pattern.compile("\\bembedding:[\\w.-]+");
    private static final Pattern INNERMOST_SQUARE = Pattern.compile("(?<!\\\\)\\[([^\\[\\]]*)(?<!\\\\)]");
    private static final Pattern INNERMOST_CURLY = Pattern.compile("\\{([^{}]*\\|[^{}]*)\\}");
    private static final Pattern WILDCARD = Pattern.compile("__[\\w/*-]+?__");
    private static final Pattern AND = Pattern.compile("(?<=\\s)AND(?=\\s)");
    private static final Pattern NO_WEIGHT = Pattern.compile("(?<!\\\\)\\([^()\\[\\]:]*:([^()\\[\\]:]*)\\)");
    private static final Pattern PLUSES = Pattern.compile("[\\p{L}\\d)](\\+\\+|--)(?=[\\s,)]|$)");

    ForeignNotation {
        warnings = List.copyOf(warnings);
    }

    /** The sorting of one prompt. */
    private static final class Reading {

        private final Set<String> warnings = new LinkedHashSet<>();
        private String text;

        Reading(String text) {
            this.text = text;
        }

        void drop(Pattern pattern, String sentence) {
            text = pattern.matcher(text).replaceAll(found -> {
                warnings.add(sentence.formatted(found.group()));
                return "";
            });
        }

        void name(Pattern pattern, String sentence) {
            pattern.matcher(text)
                    .results()
                    .map(MatchResult::group)
                    .forEach(found -> warnings.add(sentence.formatted(found)));
        }

        /** From the inside out, because they nest; each turn shortens the text. */
        void firstWordings(Pattern brackets, String sentence) {
            Matcher found = brackets.matcher(text);
            int from = 0;
            while (found.find(from)) {
                String first = firstWording(found.group(1), brackets == INNERMOST_SQUARE);
                if (first.equals(found.group(1))) {
                    from = found.end();
                    continue;
                }
                warnings.add(sentence.formatted(found.group(), first));
                text = text.substring(0, found.start()) + first + text.substring(found.end());
                found = brackets.matcher(text);
                from = 0;
            }
        }
    }

    static ForeignNotation of(String prompt) {
        Reading reading = new Reading(prompt);
        reading.drop(TAG, "\"%s\" is left out: a prompt names no LoRA or network here, LoRAs are chosen beside it");
        reading.name(EMBEDDING, "\"%s\" is read as words: embeddings are not supported");
        reading.firstWordings(
                INNERMOST_SQUARE, "\"%s\" changes the prompt between steps, which is not supported; read as \"%s\"");
        reading.firstWordings(INNERMOST_CURLY, "\"%s\" leaves a choice open, which is not supported; read as \"%s\"");
        reading.name(WILDCARD, "\"%s\" is read as words: wildcards are not supported");
        reading.name(AND, "%s is read as the word \"and\": several prompts for one picture are not supported");
        reading.name(PLUSES, "\"%s\" gives no weight here; write (word:1.2)");
        NO_WEIGHT
                .matcher(reading.text)
                .results()
                .filter(found -> WeightedPrompt.weight(found.group(1)).isEmpty())
                .forEach(found -> reading.warnings.add(
                        "\"%s\" has no number behind its colon, so all of it is read as text and counts 1.1 times; write for example (word:1.2)"
                                .formatted(found.group())));
        return new ForeignNotation(reading.text, List.copyOf(reading.warnings));
    }

    /** {@code a} of {@code a|b}, {@code a:b:0.5}, {@code a:0.5} and {@code a::0.5}; what is none of these comes back as it is. */
    private static String firstWording(String content, boolean timed) {
        List<String> wordings = split(content, '|');
        if (wordings.size() == 1 && timed) {
            wordings = split(content, ':');
            if (wordings.size() < 2
                    || wordings.size() > 3
                    || WeightedPrompt.weight(wordings.get(wordings.size() - 1)).isEmpty()) {
                return content;
            }
            wordings = wordings.subList(0, wordings.size() - 1);
        } else if (wordings.size() == 1) {
            return content;
        }
        return wordings.stream()
                .filter(wording -> !wording.isBlank())
                .findFirst()
                .orElse("");
    }

    /** At the separators that stand in no round bracket: {@code (red:1.3)} has a colon of its own. */
    private static List<String> split(String content, char separator) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < content.length(); i++) {
            char at = content.charAt(i);
            depth += at == '(' ? 1 : at == ')' ? -1 : 0;
            if (at == separator && depth == 0) {
                parts.add(content.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(content.substring(start));
        return parts;
    }
}
