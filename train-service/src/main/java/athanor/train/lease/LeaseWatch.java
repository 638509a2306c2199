package athanor.train.lease;

import athanor.contracts.run.RunId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What one observer can say about the leases of others without trusting their clocks: a lease that did not change
 * for a whole time to live, by the observer's own clock, is stale. The expiry inside the lease is believed only when it
 * has passed by more than clocks may differ; it spares a freshly started observer the wait. Not thread-safe.
 */
public final class LeaseWatch {

    private record Sight(String etag, Instant first) {}

    private final Map<RunId, Sight> sights = new HashMap<>();
    private final Clock clock;
    private final LeaseTerms terms;

    public LeaseWatch(Clock clock, LeaseTerms terms) {
        this.clock = clock;
        this.terms = terms;
    }

    /** How long the lease has been seen unchanged. */
    public Duration unchangedFor(VersionedLease seen) {
        Instant now = clock.instant();
        Sight sight = sights.merge(
                seen.lease().runId(),
                new Sight(seen.etag(), now),
                (known, fresh) -> known.etag().equals(fresh.etag()) ? known : fresh);
        return Duration.between(sight.first(), now);
    }

    /** Whether the holder is gone. False for a lease that nobody holds. */
    public boolean isStale(VersionedLease seen) {
        Duration unchanged = unchangedFor(seen);
        if (!(seen.lease().state() instanceof LeaseState.Held held)) {
            return false;
        }
        return unchanged.compareTo(terms.timeToLive()) >= 0
                || clock.instant().isAfter(held.expiresAt().plus(terms.clockSkew()));
    }

    public void forget(RunId run) {
        sights.remove(run);
    }
}
