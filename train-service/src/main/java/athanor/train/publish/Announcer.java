package athanor.train.publish;

import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.RunState;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.train.lease.Checkpoint;
import athanor.train.lease.Checkpoints;
import athanor.train.lease.Lease;
import athanor.train.lease.LeaseState;
import athanor.train.lease.Leases;
import athanor.train.lease.UnreadableLeaseException;
import athanor.train.lease.VersionedLease;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells the world what state a training is in. What is told follows from the lease alone: if the worker that made a move dies
 * before it told, any other one tells the same, with the same bytes and the same ids.
 */
public final class Announcer {

    private static final String SAFETENSORS = "application/octet-stream";
    private static final String MARKDOWN = "text/markdown; charset=UTF-8";

    private final ObjectStore store;
    private final Leases leases;
    private final Checkpoints checkpoints;
    private final TrainEvents events;
    private final Function<@Nullable String, Context> traces;
    private final Clock clock;

    /** @param traces the context of a W3C trace parent, so that all that is told belongs to the trace of its training */
    public Announcer(
            ObjectStore store,
            Leases leases,
            Checkpoints checkpoints,
            TrainEvents events,
            Function<@Nullable String, Context> traces,
            Clock clock) {
        this.store = store;
        this.leases = leases;
        this.checkpoints = checkpoints;
        this.events = events;
        this.traces = traces;
        this.clock = clock;
    }

    public void announce(VersionedLease seen) {
        try (Scope trace = traces.apply(seen.lease().traceparent()).makeCurrent()) {
            tell(seen.lease());
        }
        leases.markAnnounced(seen);
    }

    /** Of a run whose lease is no more: the event that asked for it says who it is. */
    public void unreadable(DatasetPrepared asked, UnreadableLeaseException why) {
        FailureReason reason = FailureReason.OBJECT_MISSING_OR_DAMAGED;
        events.failed(
                asked, new RunState.Failed(reason, String.valueOf(why.getMessage()), reason.remedy()), clock.instant());
    }

    private void tell(Lease lease) {
        LeaseState state = lease.state();
        Instant now = clock.instant();
        if (state instanceof LeaseState.Queued) {
            events.queued(lease, now);
        } else if (state instanceof LeaseState.Paused) {
            events.state(lease, new RunState.Paused(lease.step(), totalSteps(lease), lease.attempt()), now);
        } else if (state instanceof LeaseState.Finished finished) {
            Checkpoint last = Objects.requireNonNull(lease.checkpoint(), "a finished lease has a checkpoint");
            byte[] lora = store.read(last.lora());
            store.put(finished.trained().lora().key(), lora, SAFETENSORS);
            String card = ObjectKeys.cardOf(finished.trained().lora().key());
            LoraCard.markdown(lora).ifPresent(page -> store.put(card, page.getBytes(StandardCharsets.UTF_8), MARKDOWN));
            events.loraTrained(finished.trained());
            // Its pictures may have to wait for those of others; it trains no more.
            events.state(lease, new RunState.Rendering(), now);
            checkpoints.dropStates(lease.runId());
        } else if (state instanceof LeaseState.Failed failed) {
            Checkpoint last = lease.checkpoint();
            if (last != null) {
                // What was trained until then is handed over, whether it was told before or not.
                events.checkpointSaved(last, lease.prepared().recipe());
            }
            events.state(lease, failed.why(), now);
        } else if (state instanceof LeaseState.Cancelled) {
            events.state(lease, new RunState.Cancelled(), now);
        }
    }

    private static int totalSteps(Lease lease) {
        return lease.prepared().recipe().training().steps();
    }
}
