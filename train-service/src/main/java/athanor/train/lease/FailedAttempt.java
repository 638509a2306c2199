package athanor.train.lease;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that ended in a way that may have been the worker's fault.
 *
 * @param what one sentence
 * @param progressed whether it got to a checkpoint before; then it tells nothing against the run. Absent in older leases
 */
public record FailedAttempt(
        int attempt,
        String worker,
        Kind kind,
        String what,
        Instant at,
        @Nullable Boolean progressed) {

    /** Counted apart in the metrics. */
    public enum Kind {
        /** The lease ran out: the worker died, hung or lost its network. */
        WORKER_LOST,
        /** The worker still renewed, but its training no longer moved. */
        STALLED,
        /** The store or the broker did not answer. */
        STORE,
        /** The training threw. */
        COMPUTE
    }

    @Override
    public String toString() {
        return "attempt %d on %s: %s (%s)".formatted(attempt, worker, what, kind);
    }
}
