package athanor.sample.render;

import athanor.contracts.run.FailureReason;
import org.jspecify.annotations.Nullable;

/** The wish cannot be fulfilled, and trying again would change nothing. */
public final class CannotRenderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final FailureReason reason;
    private final String evidence;

    /** @param evidence a sentence: what was found, what was wanted, what to do */
    public CannotRenderException(FailureReason reason, String evidence, @Nullable Throwable cause) {
        super(evidence, cause);
        this.reason = reason;
        this.evidence = evidence;
    }

    public FailureReason reason() {
        return reason;
    }

    public String evidence() {
        return evidence;
    }
}
