package athanor.train.lease;

import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.events.LoraTrained;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The whole truth about one training: {@code runs/<run>/lease.json}. Only conditional writes change it, so of two
 * workers that want different things one wins and the other reads what happened.
 *
 * <pre>
 *                 claim                  finish, fail, cancel
 *   Queued  --------------->  Held  ---------------------------->  Finished | Failed | Cancelled
 *     ^  ^                    |  |
 *     |  +-- release, retry --+  +-- pause --> Paused
 *     +------------- resume (attempt + 1) --------+          Failed -- reopen (attempt + 1) --> Queued
 * </pre>
 *
 * <p>Every step away from {@code Held} counts the attempt up, so an attempt number has one holder in all eternity: it
 * is the fence in every checkpoint's key.
 *
 * @param prepared the event that asked for this training, as it first came
 * @param traceparent W3C trace context of that event, which all events of the training carry on; null where it had none
 * @param attempt of the holder; of the next one while nobody holds it
 * @param checkpoint the last good one of any attempt
 * @param obeyedUntil time of the last user command that was carried out
 * @param announced whether the events that tell the world about {@code state} are on the broker
 * @param token tells this very write from all others, so that a writer whose answer got lost can recognise its own
 */
public record Lease(
        DatasetPrepared prepared,
        @Nullable String traceparent,
        @JsonProperty("standing") LeaseState state,
        int attempt,
        @Nullable Checkpoint checkpoint,
        List<FailedAttempt> failures,
        Instant obeyedUntil,
        boolean announced,
        String token) {

    /** Of a run that goes on from machine to machine for weeks the latest are enough. */
    private static final int MOST_FAILURES = 50;

    public Lease {
        failures = List.copyOf(failures);
    }

    /** A training that nobody has touched. */
    public static Lease queued(DatasetPrepared prepared, @Nullable String traceparent, Instant now) {
        return new Lease(
                prepared,
                traceparent,
                new LeaseState.Queued(now),
                prepared.attempt(),
                null,
                List.of(),
                Instant.EPOCH,
                false,
                "");
    }

    @JsonIgnore
    public RunId runId() {
        return prepared.runId();
    }

    /** Steps done in the last good checkpoint. */
    @JsonIgnore
    public int step() {
        return checkpoint == null ? 0 : checkpoint.step();
    }

    /** Why somebody has to look after this lease; empty when it rests. */
    @JsonIgnore
    public Optional<Motion> motion() {
        if (state instanceof LeaseState.Queued) {
            return attempt > 1 || !announced ? Optional.of(new Motion(attempt, true)) : Optional.empty();
        }
        return state instanceof LeaseState.Held || !announced
                ? Optional.of(new Motion(attempt, false))
                : Optional.empty();
    }

    Lease claim(String worker, Instant now, Duration timeToLive) {
        require(state instanceof LeaseState.Queued, "claimed");
        return moveTo(new LeaseState.Held(worker, now, now.plus(timeToLive)), attempt, true);
    }

    Lease renew(Instant now, Duration timeToLive) {
        LeaseState.Held held = held("renewed");
        return moveTo(new LeaseState.Held(held.worker(), held.since(), now.plus(timeToLive)), attempt, true);
    }

    Lease advance(Checkpoint to) {
        held("advanced");
        return new Lease(prepared, traceparent, state, attempt, to, failures, obeyedUntil, announced, token);
    }

    /** The holder lets go in peace; the next one goes on from the last checkpoint. */
    Lease release(Instant now) {
        held("released");
        return moveTo(new LeaseState.Queued(now), attempt + 1, false);
    }

    /** The attempt broke off. Back on the queue, or over when the retry policy allows no more. */
    Lease retry(FailedAttempt.Kind kind, String what, RetryPolicy retryPolicy, Instant now) {
        LeaseState.Held held = held("retried");
        boolean progressed = checkpoint != null && checkpoint.attempt() == attempt;
        FailedAttempt failed = new FailedAttempt(attempt, held.worker(), kind, what, now, progressed);
        List<FailedAttempt> all = Stream.concat(
                        failures.stream().skip(Math.max(0, failures.size() - MOST_FAILURES + 1)), Stream.of(failed))
                .toList();
        Lease counted =
                new Lease(prepared, traceparent, state, attempt, checkpoint, all, obeyedUntil, announced, token);
        if (retryPolicy.isExhaustedBy(all)) {
            String evidence = all.stream().map(FailedAttempt::toString).collect(Collectors.joining("; "));
            return counted.fail(RunState.Failed.of(FailureReason.POISONED, evidence), now);
        }
        return counted.release(now);
    }

    Lease pause(Instant now) {
        require(state instanceof LeaseState.Held || (state instanceof LeaseState.Queued && attempt > 1), "paused");
        return moveTo(new LeaseState.Paused(now), attempt, false);
    }

    Lease resume(Instant now) {
        require(state instanceof LeaseState.Paused, "resumed");
        return moveTo(new LeaseState.Queued(now), attempt + 1, false);
    }

    /** Somebody has mended what the run failed of: it goes on from its last checkpoint, and its failures are forgotten. */
    Lease reopen(Instant now) {
        require(state instanceof LeaseState.Failed, "reopened");
        return new Lease(
                prepared,
                traceparent,
                new LeaseState.Queued(now),
                attempt + 1,
                checkpoint,
                List.of(),
                obeyedUntil,
                false,
                token);
    }

    /** The LoRA is there but what came after it failed: it is announced once more. */
    Lease announceAgain() {
        require(state instanceof LeaseState.Finished, "announced again");
        return moveTo(state, attempt, false);
    }

    /** Also from a queue or a pause: a checkpoint can be kept as the LoRA it is. */
    Lease finish(LoraTrained trained, Instant now) {
        require(!state.over() && checkpoint != null, "finished");
        return moveTo(new LeaseState.Finished(trained, now), attempt, false);
    }

    Lease fail(RunState.Failed why, Instant now) {
        require(!state.over(), "failed");
        return moveTo(new LeaseState.Failed(why, now), attempt, false);
    }

    Lease cancel(Instant now) {
        require(!state.over(), "cancelled");
        return moveTo(new LeaseState.Cancelled(now), attempt, false);
    }

    Lease obeyed(Instant command) {
        return new Lease(prepared, traceparent, state, attempt, checkpoint, failures, command, announced, token);
    }

    /** The world has been told. Also written to start the others' waiting anew after the queue was told once more. */
    Lease withAnnounced() {
        return new Lease(prepared, traceparent, state, attempt, checkpoint, failures, obeyedUntil, true, token);
    }

    Lease writtenAs(String newToken) {
        return new Lease(prepared, traceparent, state, attempt, checkpoint, failures, obeyedUntil, announced, newToken);
    }

    private Lease moveTo(LeaseState next, int nextAttempt, boolean nextAnnounced) {
        return new Lease(
                prepared, traceparent, next, nextAttempt, checkpoint, failures, obeyedUntil, nextAnnounced, token);
    }

    private LeaseState.Held held(String move) {
        require(state instanceof LeaseState.Held, move);
        return (LeaseState.Held) state;
    }

    private void require(boolean legal, String move) {
        if (!legal) {
            throw new IllegalStateException("run %s cannot be %s: it is %s, attempt %d"
                    .formatted(runId(), move, state.getClass().getSimpleName(), attempt));
        }
    }
}
