package athanor.contracts.rest;

import athanor.contracts.Check;
import java.util.List;

/**
 * What a base makes of a word that is to call a subject.
 *
 * @param base whose vocabulary was asked; CLIP's, which nearly all bases share, where the base is not at the service
 * @param tokens that the word has
 * @param room tokens that a caption may have
 * @param reason a sentence
 * @param proposals words of one token that a base has hardly met, others each time the word asked for is another
 */
public record TriggerView(
        String word, String base, int tokens, int room, Verdict verdict, String reason, List<String> proposals) {

    public TriggerView {
        Check.text(word, "word");
        Check.text(base, "base");
        Check.present(verdict, "verdict");
        Check.text(reason, "reason");
        proposals = List.copyOf(Check.present(proposals, "proposals"));
    }

    /** How good a word is as a trigger. */
    public enum Verdict {
        GOOD,
        /** It works, and another would be better. */
        FAIR,
        /** It fights with what the base knows, or calls nothing. */
        BAD
    }
}
