package athanor.train.lease;

import athanor.contracts.events.LoraTrained;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A lease in the hands of the worker that trains. Two threads write it, the one that renews and the one that trains, so
 * every write takes the lock, goes on from the last one and renews by the way. After {@link #lost} no write reaches the
 * store.
 */
public final class HeldLease {

    private final Leases leases;
    private final LeaseTerms terms;
    private final Clock clock;

    private VersionedLease seen;
    private Instant renewedAt;
    private boolean over;

    private HeldLease(Leases leases, LeaseTerms terms, Clock clock, VersionedLease seen, Instant renewedAt) {
        this.leases = leases;
        this.terms = terms;
        this.clock = clock;
        this.seen = seen;
        this.renewedAt = renewedAt;
    }

    /** Takes a queued run; empty when somebody else was faster. */
    public static Optional<HeldLease> claim(
            Leases leases, VersionedLease queued, String worker, LeaseTerms terms, Clock clock) {
        // Counted from before the request: the others count from when it arrived.
        Instant now = clock.instant();
        return leases.replace(queued, queued.lease().claim(worker, now, terms.timeToLive()))
                .map(held -> new HeldLease(leases, terms, clock, held, now));
    }

    public synchronized Lease lease() {
        return seen.lease();
    }

    public synchronized RunId runId() {
        return seen.lease().runId();
    }

    public synchronized int attempt() {
        return seen.lease().attempt();
    }

    /** Whether another worker may hold the run by now. Needs no store: too long without a renewal is enough. */
    public synchronized boolean lost() {
        return over || !clock.instant().isBefore(renewedAt.plus(terms.timeToLive()));
    }

    /** Whether it is known that the run is no longer ours, so that no asking would help. */
    public synchronized boolean over() {
        return over;
    }

    /**
     * After an outage of the store: nobody could renew, and nobody could take the run either. It is ours as long as nobody
     * wrote the lease since we did, which only the store can tell; so this asks it, however late it is.
     */
    public synchronized void reassert() throws LeaseLostException {
        if (over) {
            throw new LeaseLostException(runId(), attempt(), "it was let go");
        }
        replace(lease -> lease);
    }

    public void renew() throws LeaseLostException {
        write(lease -> lease);
    }

    /** Moves the pointer to the last good checkpoint. */
    public void advance(Checkpoint to) throws LeaseLostException {
        write(lease -> lease.advance(to));
    }

    public void obeyed(Instant command) throws LeaseLostException {
        write(lease -> lease.obeyed(command));
    }

    public VersionedLease release() throws LeaseLostException {
        return letGo(lease -> lease.release(clock.instant()));
    }

    public VersionedLease retry(FailedAttempt.Kind kind, String what, RetryPolicy retryPolicy)
            throws LeaseLostException {
        return letGo(lease -> lease.retry(kind, what, retryPolicy, clock.instant()));
    }

    public VersionedLease pause() throws LeaseLostException {
        return letGo(lease -> lease.pause(clock.instant()));
    }

    public VersionedLease finish(LoraTrained trained) throws LeaseLostException {
        return letGo(lease -> lease.finish(trained, clock.instant()));
    }

    public VersionedLease fail(RunState.Failed why) throws LeaseLostException {
        return letGo(lease -> lease.fail(why, clock.instant()));
    }

    public VersionedLease cancel() throws LeaseLostException {
        return letGo(lease -> lease.cancel(clock.instant()));
    }

    private synchronized VersionedLease letGo(UnaryOperator<Lease> move) throws LeaseLostException {
        VersionedLease after = write(move);
        over = true;
        return after;
    }

    private synchronized VersionedLease write(UnaryOperator<Lease> move) throws LeaseLostException {
        if (lost()) {
            throw new LeaseLostException(runId(), attempt(), over ? "it was let go" : "it was not renewed in time");
        }
        return replace(move);
    }

    private VersionedLease replace(UnaryOperator<Lease> move) throws LeaseLostException {
        Instant now = clock.instant();
        Lease next = move.apply(seen.lease());
        boolean stillHeld = next.state() instanceof LeaseState.Held;
        Optional<VersionedLease> written = leases.replace(seen, stillHeld ? next.renew(now, terms.timeToLive()) : next);
        if (written.isEmpty()) {
            over = true;
            throw new LeaseLostException(runId(), attempt(), "somebody else wrote it");
        }
        seen = written.get();
        if (stillHeld) {
            renewedAt = now;
        }
        return seen;
    }
}
