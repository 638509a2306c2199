package athanor.stack.infra;

/** Something that the person at the terminal can mend: one sentence, no stack trace. */
public final class StackProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StackProblem(String sentence) {
        super(sentence);
    }

    public StackProblem(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
