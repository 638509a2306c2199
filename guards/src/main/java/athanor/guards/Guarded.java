package athanor.guards;

import athanor.contracts.guard.GuardAnswer;
import java.util.List;

/**
 * What guards made of a wish.
 *
 * @param wish as it may be carried out
 * @param answers in the order of the rules, each once
 */
public record Guarded(Wish wish, List<GuardAnswer> answers) {

    public Guarded {
        answers = List.copyOf(answers);
    }

    /** Whether nothing is to be drawn. */
    public boolean isRefused() {
        return answers.stream().anyMatch(answer -> answer.outcome() == GuardAnswer.Outcome.REFUSED);
    }

    /** The answers for people. */
    public List<String> sentences() {
        return answers.stream().map(GuardAnswer::sentence).toList();
    }
}
