package athanor.shell;

import athanor.contracts.run.FailureReason;

/**
 * A run cannot go on, and trying again would not help: a handler throws this and the run is told to be failed. It is no
 * fault of the service, so there is no dead letter.
 */
public final class RunFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final FailureReason reason;

    /** @param evidence a sentence of what was found, with numbers */
    public RunFailedException(FailureReason reason, String evidence) {
        super(evidence);
        this.reason = reason;
    }

    public FailureReason reason() {
        return reason;
    }

    public String evidence() {
        return String.valueOf(getMessage());
    }
}
