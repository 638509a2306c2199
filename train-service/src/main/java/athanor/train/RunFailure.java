package athanor.train;

import athanor.contracts.run.FailureReason;
import athanor.contracts.run.RunState;

/** The run cannot be trained, by anybody. */
final class RunFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient RunState.Failed why;

    RunFailure(FailureReason reason, String evidence, String remedy) {
        super(evidence);
        this.why = new RunState.Failed(reason, evidence, remedy);
    }

    RunState.Failed why() {
        return why;
    }
}
