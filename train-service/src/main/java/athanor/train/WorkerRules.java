package athanor.train;

import athanor.train.lease.LeaseTerms;
import athanor.train.lease.RetryPolicy;
import java.time.Duration;

/**
 * The times and limits that all workers of a suite share.
 *
 * @param sweepEvery pause between two looks of the reconciler
 * @param offerAgainAfter how long a run waits unchanged until an idle worker puts its record on the queue again
 * @param progressEvery shortest pause between two progress events
 */
public record WorkerRules(
        LeaseTerms terms,
        RetryPolicy retryPolicy,
        Duration sweepEvery,
        Duration offerAgainAfter,
        Duration progressEvery) {

    static WorkerRules of(TrainSettings settings) {
        return new WorkerRules(
                new LeaseTerms(
                        settings.lease().timeToLive(),
                        settings.lease().renewEvery(),
                        settings.lease().clockSkew()),
                new RetryPolicy(
                        settings.patience().attempts(), settings.patience().attemptsOnOneWorker()),
                settings.sweepEvery(),
                settings.offerAgainAfter(),
                settings.progressEvery());
    }
}
