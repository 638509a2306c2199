package athanor.train.lease;

import athanor.contracts.run.RunId;

/** This worker no longer holds the run: whatever it was about to write must not be written. */
public final class LeaseLostException extends Exception {

    private static final long serialVersionUID = 1L;

    LeaseLostException(RunId run, int attempt, String why) {
        super("the lease of run %s, attempt %d, is lost: %s".formatted(run, attempt, why));
    }
}
