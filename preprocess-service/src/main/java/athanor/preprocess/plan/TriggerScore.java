package athanor.preprocess.plan;

import athanor.contracts.rest.TriggerView.Verdict;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whether a word can call a subject: it should be a word that the base has no meaning for, and short.
 *
 * @param reason a sentence with what to do where it is not good
 */
public record TriggerScore(int tokens, Verdict verdict, String reason) {

    /** Pieces of one word; ten and more leave little of a caption, and pieces of words have meanings. */
    private static final int MANY = 4;

    /**
     * CLIP's vocabulary begins with what is most frequent: {@code woman} is number 2308, {@code sks} number 48136 of 49408. Below this
     * share of it a single token was met often enough to mean something.
     */
    private static final double RARE = 0.85;

    private static final String BETTER = "a rare token such as 'sks' or 'ohwx' has none";

    /**
     * @param ids its tokens in the base's vocabulary
     * @param known how many tokens that has
     */
    public static TriggerScore of(String word, String classNoun, long[] ids, long known) {
        int tokens = ids.length;
        if (tokens == 0) {
            return new TriggerScore(
                    0, Verdict.BAD, "nothing of '%s' reaches the text encoder: take letters".formatted(word));
        }
        if (OrdinaryWords.contain(word, classNoun)) {
            return new TriggerScore(
                    tokens,
                    Verdict.BAD,
                    "the trigger '%s' is an ordinary word: the base model already has a meaning for it, which will fight with the subject; %s"
                            .formatted(word, BETTER));
        }
        Optional<String> ordinary = Arrays.stream(word.strip().split("[\\s_-]+"))
                .filter(part -> OrdinaryWords.contain(part, classNoun))
                .findFirst();
        if (ordinary.isPresent()) {
            return new TriggerScore(
                    tokens,
                    Verdict.FAIR,
                    "the trigger '%s' holds the ordinary word '%s', for which the base model has a meaning; %s"
                            .formatted(word, ordinary.get(), BETTER));
        }
        if (tokens == 1 && ids[0] < RARE * known) {
            return new TriggerScore(
                    tokens,
                    Verdict.FAIR,
                    "the trigger '%s' is a word that the base model knows (number %d of %d, the frequent ones first): what it means may fight with the subject; %s"
                            .formatted(word, ids[0], known, BETTER));
        }
        if (tokens > MANY) {
            return new TriggerScore(
                    tokens,
                    Verdict.FAIR,
                    "the trigger '%s' is read as %d pieces, which have meanings of their own and take room in every caption; a shorter one is easier to learn, such as 'sks' or 'ohwx'"
                            .formatted(word, tokens));
        }
        return new TriggerScore(
                tokens,
                Verdict.GOOD,
                tokens == 1
                        ? "'%s' is one token that the base model has hardly met".formatted(word)
                        : "'%s' is no word of the base model: it reads it as %d pieces".formatted(word, tokens));
    }

    /** What is said before a run. */
    public Optional<String> warning() {
        return verdict == Verdict.GOOD ? Optional.empty() : Optional.of(reason);
    }
}
