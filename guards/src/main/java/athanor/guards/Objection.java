package athanor.guards;

import athanor.contracts.guard.GuardAnswer;
import athanor.contracts.guard.GuardAnswer.Outcome;
import athanor.contracts.guard.GuardRule;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Something that speaks against a wish.
 *
 * @param weight how sure it is
 * @param remedy the wish as the suggestion has it; null where it is for the one who asks to decide
 */
record Objection(
        GuardRule rule,
        String asked,
        String allowed,
        String evidence,
        String suggestion,
        Weight weight,
        @Nullable UnaryOperator<Wish> remedy) {

    /** How sure an objection is. */
    enum Weight {
        /** Nothing is wrong; where wishes are rewritten anyway this makes them better. */
        HINT,
        /** The words may have been meant otherwise: it is said and nothing more. */
        PERHAPS,
        /** What is asked for was not shown. */
        SURE,
        /** It cannot be drawn at all. */
        IMPOSSIBLE
    }

    GuardAnswer answer(Outcome outcome) {
        return new GuardAnswer(rule, asked, allowed, evidence, suggestion, outcome);
    }
}
