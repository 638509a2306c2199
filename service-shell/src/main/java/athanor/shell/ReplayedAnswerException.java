package athanor.shell;

/** Leaves a resource whose request was answered before; becomes that answer. */
final class ReplayedAnswerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient FirstAnswer.Answer answer;

    ReplayedAnswerException(FirstAnswer.Answer answer) {
        super("answered before");
        this.answer = answer;
    }

    FirstAnswer.Answer answer() {
        return answer;
    }
}
