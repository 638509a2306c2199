package athanor.preprocess;

import athanor.contracts.run.FailureReason;
import org.jspecify.annotations.Nullable;

/** Something the run was accepted with cannot be used; trying again would change nothing. */
final class UnusableDatasetException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final FailureReason reason;
    private final String sentence;

    UnusableDatasetException(FailureReason reason, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.reason = reason;
        this.sentence = sentence;
    }

    FailureReason reason() {
        return reason;
    }

    String sentence() {
        return sentence;
    }
}
