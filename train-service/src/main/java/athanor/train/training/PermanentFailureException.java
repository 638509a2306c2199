package athanor.train.training;

import athanor.contracts.run.FailureReason;
import athanor.contracts.run.RunState;

/** The run cannot be trained, by anybody. */
public final class PermanentFailureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient RunState.Failed why;

    public PermanentFailureException(FailureReason reason, String evidence, String remedy) {
        super(evidence);
        this.why = new RunState.Failed(reason, evidence, remedy);
    }

    public RunState.Failed why() {
        return why;
    }
}
