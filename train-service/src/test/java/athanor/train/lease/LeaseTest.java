package athanor.train.lease;

import static athanor.train.lease.Runs.RETRY_POLICY;
import static athanor.train.lease.Runs.TERMS;
import static athanor.train.lease.Runs.aCheckpoint;
import static athanor.train.lease.Runs.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.events.RunCommand;
import athanor.contracts.json.Json;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.RunState;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeaseTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final DatasetPrepared run = aRun(NOW);

    @Test
    void everyHolderHasAnAttemptOfItsOwn() {
        Lease first = heldBy("a", Lease.queued(run, null, NOW));
        Lease second = heldBy("b", first.release(NOW));
        Lease third = heldBy("a", second.pause(NOW).resume(NOW));

        assertThat(first.attempt()).isEqualTo(1);
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(third.attempt()).isEqualTo(3);
    }

    @Test
    void movesThatDoNotExistAreRefusedWithASentence() {
        Lease cancelled = Lease.queued(run, null, NOW).cancel(NOW);

        assertThatIllegalStateException()
                .isThrownBy(() -> cancelled.claim("a", NOW, TERMS.timeToLive()))
                .withMessageContaining("cannot be claimed: it is Cancelled");
        assertThatIllegalStateException().isThrownBy(() -> cancelled.cancel(NOW));
        assertThatIllegalStateException()
                .isThrownBy(() -> Lease.queued(run, null, NOW).pause(NOW));
        assertThatIllegalStateException()
                .isThrownBy(() -> heldBy("a", Lease.queued(run, null, NOW)).claim("b", NOW, TERMS.timeToLive()));
    }

    @Test
    void threeFailuresOnTwoWorkersPoisonARun() {
        Lease twice = failOn("a", failOn("a", Lease.queued(run, null, NOW)));
        assertThat(twice.state()).isInstanceOf(LeaseState.Queued.class);

        Lease thrice = failOn("b", twice);

        assertThat(thrice.state()).isInstanceOfSatisfying(LeaseState.Failed.class, failed -> {
            assertThat(failed.why().reason()).isEqualTo(FailureReason.POISONED);
            assertThat(failed.why().evidence())
                    .contains("attempt 1 on a: boom (COMPUTE)")
                    .contains("attempt 3 on b: boom (COMPUTE)");
        });
    }

    @Test
    void oneBadWorkerDoesNotCondemnARunSoSoonButALoneOneDoesNotTryForEver() {
        Lease lease = Lease.queued(run, null, NOW);
        for (int attempt = 1; attempt <= 4; attempt++) {
            lease = failOn("a", lease);
            assertThat(lease.state()).as("after failure %d", attempt).isInstanceOf(LeaseState.Queued.class);
        }
        assertThat(failOn("a", lease).state()).isInstanceOf(LeaseState.Failed.class);
    }

    /** A machine that is switched off every night does the run no harm. */
    @Test
    void attemptsThatGotToACheckpointDoNotCountNorWhatWasBeforeThem() {
        Lease lease = Lease.queued(run, null, NOW);
        for (int i = 1; i <= 20; i++) {
            lease = heldBy("worker-" + i, lease)
                    .advance(aCheckpoint(run, lease.attempt(), 40 * i, NOW))
                    .retry(FailedAttempt.Kind.WORKER_LOST, "gone", RETRY_POLICY, NOW);
            assertThat(lease.state()).isInstanceOf(LeaseState.Queued.class);
        }
        lease = failOn("a", failOn("b", lease));
        lease = heldBy("a", lease)
                .advance(aCheckpoint(run, lease.attempt(), 900, NOW))
                .retry(FailedAttempt.Kind.WORKER_LOST, "gone", RETRY_POLICY, NOW);
        lease = failOn("a", failOn("b", lease));
        assertThat(lease.state()).isInstanceOf(LeaseState.Queued.class);

        assertThat(failOn("a", lease).state())
                .as("the third in a row that got nowhere")
                .isInstanceOf(LeaseState.Failed.class);
    }

    @Test
    void aFailedRunIsResumedWithAllThatItHadAndACancelledOneIsNot() {
        Lease failed = heldBy("a", Lease.queued(run, null, NOW))
                .advance(aCheckpoint(run, 1, 40, NOW))
                .fail(new RunState.Failed(FailureReason.DIVERGED, "NaN", "lower it"), NOW);

        Lease resumed = apply(failed, resume(NOW.plusSeconds(10))).orElseThrow();

        assertThat(resumed.state()).isInstanceOf(LeaseState.Queued.class);
        assertThat(resumed.step()).isEqualTo(40);
        assertThat(resumed.attempt()).isEqualTo(2);
        assertThat(resumed.failures()).isEmpty();
        assertThat(apply(failed, resume(NOW.minusSeconds(10))))
                .as("a command from before it failed")
                .isEmpty();
        assertThat(apply(Lease.queued(run, null, NOW).cancel(NOW), resume(NOW.plusSeconds(10))))
                .isEmpty();
    }

    @Test
    void aPeacefulReleaseIsNoFailure() {
        Lease lease = Lease.queued(run, null, NOW);
        for (int i = 0; i < 20; i++) {
            lease = heldBy("worker-" + i, lease).release(NOW);
        }
        assertThat(lease.failures()).isEmpty();
        assertThat(lease.attempt()).isEqualTo(21);
    }

    @Test
    void aCommandFromBeforeTheTrainingStoodAsItDoesIsVoid() {
        Lease waitingAgain = heldBy("a", Lease.queued(run, null, NOW)).release(NOW.plusSeconds(60));

        assertThat(CommandRules.isOld(waitingAgain, pause(NOW.plusSeconds(30)))).isTrue();
        assertThat(CommandRules.isOld(waitingAgain, pause(NOW.plusSeconds(90)))).isFalse();
        assertThat(apply(waitingAgain, pause(NOW.plusSeconds(90)))).hasValueSatisfying(paused -> {
            assertThat(paused.state()).isInstanceOf(LeaseState.Paused.class);
            assertThat(apply(paused, pause(NOW.plusSeconds(90)))).isEmpty();
            assertThat(apply(paused, resume(NOW.plusSeconds(91)))).hasValueSatisfying(resumed -> {
                assertThat(resumed.state()).isInstanceOf(LeaseState.Queued.class);
                assertThat(resumed.attempt()).isEqualTo(3);
                assertThat(apply(resumed, resume(NOW.plusSeconds(91)))).isEmpty();
            });
        });
    }

    @Test
    void aCancellationIsAlwaysMeantUntilTheRunIsOver() {
        Lease queued = Lease.queued(run, null, NOW);
        RunCommand cancel = new RunCommand.CancelRun(run.runId(), NOW.minusSeconds(100));

        Lease cancelled = apply(queued, cancel).orElseThrow();

        assertThat(cancelled.state()).isInstanceOf(LeaseState.Cancelled.class);
        assertThat(apply(cancelled, cancel)).isEmpty();
        assertThat(apply(heldBy("a", queued), cancel))
                .as("the holder obeys itself")
                .isEmpty();
    }

    @Test
    void stopAndKeepMakesTheLastCheckpointOfAPausedRunItsLora() {
        Lease paused = heldBy("a", Lease.queued(run, null, NOW))
                .advance(aCheckpoint(run, 1, 40, NOW))
                .pause(NOW);

        Lease kept = apply(paused, new RunCommand.StopAndKeep(run.runId(), NOW.plusSeconds(1)))
                .orElseThrow();

        assertThat(kept.state()).isInstanceOfSatisfying(LeaseState.Finished.class, finished -> {
            assertThat(finished.trained().steps()).isEqualTo(40);
            assertThat(finished.trained().lora().key()).isEqualTo("the-lora");
            assertThat(finished.trained().trainedSizes()).isNotEmpty();
        });
    }

    @Test
    void aRunThatHasNoCheckpointCannotBeKeptAndOneThatNeverTrainedCannotBePaused() {
        Lease queued = Lease.queued(run, null, NOW);

        assertThat(apply(queued, new RunCommand.StopAndKeep(run.runId(), NOW.plusSeconds(1))))
                .isEmpty();
        assertThat(apply(queued, pause(NOW.plusSeconds(1)))).isEmpty();
    }

    @Test
    void theLeaseSurvivesItsJson() {
        Lease lease = failOn(
                        "a",
                        heldBy("b", Lease.queued(run, null, NOW))
                                .advance(aCheckpoint(run, 1, 40, NOW))
                                .release(NOW))
                .writtenAs("me/1");

        assertThat(Json.read(Json.pretty(lease), Lease.class)).isEqualTo(lease);
    }

    @Test
    void workersOfAnEarlierVersionReadTheLeaseOfThisOne() {
        Lease lease = heldBy("a", Lease.queued(run, null, NOW)).writtenAs("me/1");

        assertThat(Json.write(lease))
                .contains("\"standing\":{\"type\":\"Held\",\"worker\":\"a\",\"since\":\"2026-11-23T12:00:00Z\",")
                .endsWith(
                        "\"attempt\":1,\"failures\":[],\"obeyedUntil\":\"1970-01-01T00:00:00Z\",\"announced\":true,\"token\":\"me/1\"}");
    }

    private static Optional<Lease> apply(Lease lease, RunCommand command) {
        return CommandRules.apply(lease, command, "the-lora", NOW.plusSeconds(100));
    }

    private RunCommand pause(Instant at) {
        return new RunCommand.PauseRun(run.runId(), at);
    }

    private RunCommand resume(Instant at) {
        return new RunCommand.ResumeRun(run.runId(), at);
    }

    private static Lease heldBy(String worker, Lease queued) {
        return queued.claim(worker, NOW, TERMS.timeToLive());
    }

    private static Lease failOn(String worker, Lease queued) {
        return heldBy(worker, queued).retry(FailedAttempt.Kind.COMPUTE, "boom", RETRY_POLICY, NOW);
    }
}
