package athanor.guards;

import athanor.contracts.picture.Framing;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which words of a prompt ask for which framing, and which of a caption say it. */
public final class FramingWords {

    private static final Vocabulary ASKING = Vocabulary.read("framing-words.txt");

    /** Fewer: who writes "she is standing" below a picture has not said that the feet are in it. */
    private static final Vocabulary NAMING = Vocabulary.read("framing-names.txt");

    private FramingWords() {}

    /**
     * A word that asks for a framing.
     *
     * @param isCertain whether it cannot be meant otherwise; who stands need not be seen whole
     */
    record Asking(String word, boolean isCertain) {}

    /**
     * The framings that a positive prompt asks for, each with the word that asks.
     *
     * @param prompt as typed, weights and underscores included
     */
    public static Map<Framing, String> askedFor(String prompt) {
        Map<Framing, String> words = new EnumMap<>(Framing.class);
        asking(prompt).forEach((framing, asking) -> words.put(framing, asking.word()));
        return words;
    }

    /** The same with how sure it is: a certain word counts before one that is not. */
    static Map<Framing, Asking> asking(String prompt) {
        Map<Framing, Asking> asked = new EnumMap<>(Framing.class);
        for (Vocabulary.Found found : ASKING.in(PlainPrompt.of(prompt))) {
            asked.merge(
                    found.framing(),
                    new Asking(found.word(), found.isCertain()),
                    (first, next) -> first.isCertain() || !next.isCertain() ? first : next);
        }
        return asked;
    }

    /** The framings that a caption names as such. */
    public static Set<Framing> namedIn(String caption) {
        Set<Framing> named = EnumSet.noneOf(Framing.class);
        NAMING.in(PlainPrompt.of(caption)).forEach(found -> named.add(found.framing()));
        return named;
    }

    /**
     * A prompt that does not ask for a framing any more.
     *
     * @param instead takes the place of the first word that asked; empty for none
     */
    static String reworded(String prompt, Framing unwanted, String instead) {
        String words = prompt;
        String next = instead;
        for (; ; ) {
            PlainPrompt plain = PlainPrompt.of(words);
            List<Vocabulary.Found> asking = ASKING.in(plain).stream()
                    .filter(found -> found.framing() == unwanted && found.isCertain())
                    .toList();
            if (asking.isEmpty()) {
                return tidy(words);
            }
            words = plain.with(asking.get(0).start(), asking.get(0).end(), next);
            next = "";
        }
    }

    /** Without the empty parts that are left where words went. */
    private static String tidy(String words) {
        return words.replaceAll("[(\\[{]\\s*(?::\\s*[\\d.]+\\s*)?[)\\]}]", "")
                .replaceAll("(?:\\s*,\\s*){2,}", ", ")
                .replaceAll(" {2,}", " ")
                .replaceAll("^[\\s,]+|[\\s,]+$", "");
    }
}
