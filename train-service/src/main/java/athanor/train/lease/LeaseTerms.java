package athanor.train.lease;

import java.time.Duration;

/**
 * The times of a lease.
 *
 * @param timeToLive without a renewal for this long the holder must consider itself deposed
 * @param renewEvery pause between two renewals
 * @param clockSkew by how much the clocks of two workers may differ
 */
public record LeaseTerms(Duration timeToLive, Duration renewEvery, Duration clockSkew) {

    public LeaseTerms {
        if (renewEvery.multipliedBy(2).compareTo(timeToLive) > 0) {
            throw new IllegalArgumentException(
                    "a lease of %s renewed every %s does not survive one lost renewal; renew at least twice as often"
                            .formatted(timeToLive, renewEvery));
        }
    }
}
