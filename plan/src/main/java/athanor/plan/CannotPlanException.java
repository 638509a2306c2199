package athanor.plan;

/** What was asked for does not fit; the sentence says what would. */
public final class CannotPlanException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CannotPlanException(String sentence) {
        super(sentence);
    }
}
