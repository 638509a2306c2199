package athanor.sample;

import athanor.contracts.guard.GuardAnswer;
import athanor.sample.request.RequestRefused;
import java.util.List;
import java.util.stream.Collectors;

/** The guards do not let it be drawn. */
public final class GuardsRefused extends RequestRefused {

    private static final long serialVersionUID = 1L;

    private final transient List<GuardAnswer> answers;

    GuardsRefused(List<GuardAnswer> answers) {
        super(answers.stream()
                .filter(answer -> answer.outcome() == GuardAnswer.Outcome.REFUSED)
                .map(GuardAnswer::sentence)
                .collect(Collectors.joining(". ")));
        this.answers = List.copyOf(answers);
    }

    public List<GuardAnswer> answers() {
        return answers;
    }
}
