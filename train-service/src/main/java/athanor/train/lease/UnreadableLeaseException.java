package athanor.train.lease;

import athanor.contracts.run.RunId;

/** What lies where the lease of a run should be is none: nobody can tell where the run stands. It says nothing of other runs. */
public final class UnreadableLeaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableLeaseException(RunId run, String why, Throwable cause) {
        super("the lease of run %s is damaged, so nobody can go on with it: %s".formatted(run, why), cause);
    }
}
