package athanor.guards;

import athanor.contracts.picture.Framing;
import java.util.Map;
import java.util.Set;

/** Which words of a prompt ask for which framing, and which of a caption say it. */
public final class FramingWords {

    private static final Vocabulary ASKING = Vocabulary.read("framing-words.txt");

    /** Fewer: who writes "she is standing" below a picture has not said that the feet are in it. */
    private static final Vocabulary NAMING = Vocabulary.read("framing-names.txt");

    private FramingWords() {}

    /**
     * The framings that a positive prompt asks for, each with the word that asks.
     *
     * @param prompt as typed, weights and underscores included
     */
    public static Map<Framing, String> askedFor(String prompt) {
        return ASKING.in(prompt);
    }

    /** The framings that a caption names as such. */
    public static Set<Framing> namedIn(String caption) {
        return NAMING.in(caption).keySet();
    }
}
