package athanor.train.lease;

import athanor.contracts.run.RunId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one observer can say about the leases of others without trusting their clocks. A lease is stale when
 *
 * <ul>
 *   <li>it did not change for a whole time to live, by the observer's own clock;
 *   <li>or the store wrote it longer ago than that, by the store's own clock: two times of one clock, so nobody's skew
 *       matters, and an observer that has just been started need not wait;
 *   <li>or the expiry inside it has passed by more than clocks may differ, where a store does not tell its time.
 * </ul>
 *
 * <p>While the store was away nobody could renew. So after an interruption the holders get the time of two renewals before
 * their leases are judged. Not thread-safe.
 */
public final class LeaseWatch {

    /** The store tells its times in whole seconds. */
    private static final Duration RESOLUTION = Duration.ofSeconds(1);

    private record Sight(String etag, Instant first) {}

    private final Map<RunId, Sight> sights = new HashMap<>();
    private final Clock clock;
    private final LeaseTerms terms;
    private boolean interrupted;
    private @Nullable Instant notBefore;

    public LeaseWatch(Clock clock, LeaseTerms terms) {
        this.clock = clock;
        this.terms = terms;
    }

    /** The store did not answer. */
    public void interrupted() {
        interrupted = true;
    }

    /** How long the lease has been seen unchanged. */
    public Duration unchangedFor(VersionedLease seen) {
        Instant now = clock.instant();
        if (interrupted) {
            interrupted = false;
            notBefore = now.plus(terms.renewEvery().multipliedBy(2));
        }
        Sight sight = sights.merge(
                seen.lease().runId(),
                new Sight(seen.etag(), now),
                (known, fresh) -> known.etag().equals(fresh.etag()) ? known : fresh);
        return Duration.between(sight.first(), now);
    }

    /** How long nobody wrote the lease, as far as anybody can tell. */
    public Duration silence(VersionedLease seen) {
        Duration unchanged = unchangedFor(seen);
        Duration age = seen.age();
        return age != null && age.compareTo(unchanged) > 0 ? age : unchanged;
    }

    /** Whether the holder is gone. False for a lease that nobody holds. */
    public boolean isStale(VersionedLease seen) {
        Duration unchanged = unchangedFor(seen);
        if (!(seen.lease().state() instanceof LeaseState.Held held)) {
            return false;
        }
        Instant now = clock.instant();
        if (notBefore != null && now.isBefore(notBefore)) {
            return false;
        }
        Duration age = seen.age();
        return unchanged.compareTo(terms.timeToLive()) >= 0
                || age != null && age.compareTo(terms.timeToLive().plus(RESOLUTION)) >= 0
                || now.isAfter(held.expiresAt().plus(terms.clockSkew()));
    }

    public void forget(RunId run) {
        sights.remove(run);
    }
}
