package athanor.train;

import athanor.contracts.run.RunState;
import athanor.shell.TraceParent;
import athanor.store.ObjectStore;
import athanor.train.lease.Checkpoint;
import athanor.train.lease.Lease;
import athanor.train.lease.Leases;
import athanor.train.lease.Seen;
import athanor.train.lease.Standing;
import io.opentelemetry.context.Scope;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;

/**
 * Tells the world where a training stands. What is told follows from the lease alone: if the worker that made a move dies
 * before it told, any other one tells the same, with the same bytes and the same ids.
 */
final class Announce {

    private static final String SAFETENSORS = "application/octet-stream";

    private final ObjectStore store;
    private final Leases leases;
    private final Checkpoints checkpoints;
    private final TrainEvents events;
    private final Clock clock;

    Announce(ObjectStore store, Leases leases, Checkpoints checkpoints, TrainEvents events, Clock clock) {
        this.store = store;
        this.leases = leases;
        this.checkpoints = checkpoints;
        this.events = events;
        this.clock = clock;
    }

    void announce(Seen seen) {
        try (Scope trace = TraceParent.context(seen.lease().traceparent()).makeCurrent()) {
            tell(seen.lease());
        }
        leases.markTold(seen);
    }

    private void tell(Lease lease) {
        Standing standing = lease.standing();
        Instant now = clock.instant();
        if (standing instanceof Standing.Queued) {
            events.queued(lease, now);
        } else if (standing instanceof Standing.Paused) {
            events.state(lease, new RunState.Paused(lease.step(), totalSteps(lease), lease.attempt()), now);
        } else if (standing instanceof Standing.Finished finished) {
            Checkpoint last = Objects.requireNonNull(lease.checkpoint(), "a finished lease has a checkpoint");
            store.put(finished.trained().lora().key(), store.read(last.lora()), SAFETENSORS);
            events.loraTrained(finished.trained());
            checkpoints.dropStates(lease.runId());
        } else if (standing instanceof Standing.Failed failed) {
            events.state(lease, failed.why(), now);
        } else if (standing instanceof Standing.Cancelled) {
            events.state(lease, new RunState.Cancelled(), now);
        }
    }

    private static int totalSteps(Lease lease) {
        return lease.prepared().recipe().training().steps();
    }
}
