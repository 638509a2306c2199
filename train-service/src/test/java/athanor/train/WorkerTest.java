package athanor.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import athanor.contracts.events.CheckpointSaved;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.events.LoraTrained;
import athanor.contracts.events.RunCommand;
import athanor.contracts.events.RunSnapshot;
import athanor.contracts.events.Topics;
import athanor.contracts.events.TrainingProgressed;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunState;
import athanor.store.CheckpointFolder;
import athanor.store.ObjectKeys;
import athanor.teststack.TestStack;
import athanor.train.WorkerFixture.TestWorker;
import athanor.train.lease.LeaseState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the work queue promises, with a real broker, a real store and real threads. */
class WorkerTest {

    private static final Duration LONG = Duration.ofSeconds(120);

    private static TestStack stack;

    private WorkerFixture workers;

    @BeforeAll
    static void startStack() {
        stack = TestStack.start();
    }

    @AfterAll
    static void stopStack() {
        stack.close();
    }

    @BeforeEach
    void start() {
        workers = new WorkerFixture(stack);
    }

    @AfterEach
    void stop() throws InterruptedException {
        workers.close();
    }

    @Test
    void twoWorkersRaceForOneRunAndOneTrainsIt() throws Exception {
        TestWorker a = workers.start("a", new HashTrainerFactory(20));
        TestWorker b = workers.start("b", new HashTrainerFactory(20));
        DatasetPrepared run = workers.aRun("anna", 60, 20);
        workers.enqueue(run);
        workers.enqueue(run); // the second delivery
        awaitFinished(run);
        workers.enqueue(run); // and a late one
        Thread.sleep(2000);

        assertThat(Stream.of(a, b)
                        .mapToInt(worker ->
                                worker.trainers.steps.getOrDefault(run.runId().value(), 0)))
                .containsExactlyInAnyOrder(60, 0);
        assertThat(workers.heard(run, CheckpointSaved.class))
                .extracting(CheckpointSaved::step)
                .containsExactly(20, 40);
        assertThat(workers.heard(run, LoraTrained.class)).singleElement().satisfies(trained -> {
            assertThat(trained.steps()).isEqualTo(60);
            assertThat(workers.bytes(trained.lora())).isEqualTo(HashTrainerFactory.after(60));
        });
        assertThat(workers.store.list(ObjectKeys.checkpoints(run.runId())))
                .as("nobody goes on from a finished run, but its checkpoints can still be tried out")
                .noneMatch(key -> key.endsWith("optimizer.safetensors"))
                .filteredOn(key -> key.endsWith("lora.safetensors"))
                .hasSize(3);
        assertThat(workers.heard(run, TrainingProgressed.class))
                .isNotEmpty()
                .last()
                .satisfies(last -> {
                    assertThat(last.step()).isEqualTo(60);
                    assertThat(last.etaSeconds()).isZero();
                    assertThat(last.memoryBytes()).isPositive();
                });
    }

    @Test
    void whatTheRecipeDoesNotKeepIsDroppedAndTheNextWorkerGoesOnFromTheNewest() throws Exception {
        TestWorker a = workers.start("a", new HashTrainerFactory(20));
        DatasetPrepared run = workers.aRun(
                "anna",
                Recipe.defaults("tiny", "woman")
                        .with("training.steps", "100")
                        .with("training.checkpointEverySteps", "10")
                        .with("training.keepLastCheckpoints", "2")
                        .with("training.keepCheckpointEverySteps", "40"));
        workers.enqueue(run);
        await().atMost(LONG)
                .until(() -> workers.hasLease(run) && workers.lease(run).step() >= 50);
        a.stop();
        int left = workers.lease(run).step();
        assertThat(CheckpointFolder.states(workers.store, run.runId()))
                .as("nobody goes on from an older one")
                .singleElement()
                .asString()
                .contains("/1-%d/".formatted(left));
        workers.start("b", new HashTrainerFactory(1));

        awaitFinished(run);

        assertThat(workers.heard(run, LoraTrained.class))
                .allSatisfy(
                        trained -> assertThat(workers.bytes(trained.lora())).isEqualTo(HashTrainerFactory.after(100)));
        assertThat(CheckpointFolder.complete(workers.store, run.runId()))
                .extracting(CheckpointFolder::step)
                .containsExactly(40, 80, 90, 100);
        assertThat(CheckpointFolder.dropped(workers.store, run.runId()))
                .extracting(CheckpointFolder::step)
                .contains(10, 20, 30, 50, 60, 70);
        assertThat(workers.store.list(ObjectKeys.checkpoints(run.runId())))
                .filteredOn(key -> key.endsWith("lora.safetensors"))
                .as("of what is dropped no LoRA is left")
                .hasSize(4);
    }

    @Test
    void twoIdleWorkersShareTwoRuns() {
        TestWorker a = workers.start("a", new HashTrainerFactory(100));
        TestWorker b = workers.start("b", new HashTrainerFactory(100));
        DatasetPrepared first = workers.aRun("first", 40, 100);
        DatasetPrepared second = workers.aRun("second", 40, 100);
        workers.enqueue(first);
        workers.enqueue(second);

        await().atMost(LONG).until(() -> a.worker.busy() && b.worker.busy());
        awaitFinished(first);
        awaitFinished(second);
    }

    @Test
    void theRunOfAFrozenWorkerGoesOnElsewhereAndWhatTheFirstOneDoesLaterHarmsNothing() {
        TestWorker a = workers.start("a", new HashTrainerFactory(50));
        DatasetPrepared run = workers.aRun("anna", 300, 20);
        workers.enqueue(run);
        await().atMost(LONG)
                .until(() -> workers.hasLease(run) && workers.lease(run).step() >= 40);
        a.itsStore.freeze();
        TestWorker b = workers.start("b", new HashTrainerFactory(10));
        Instant frozen = Instant.now();
        await().atMost(LONG).until(() -> b.worker.busy());
        assertThat(Duration.between(frozen, Instant.now())).isLessThan(QuickSettings.TIME_TO_LIVE.plusSeconds(10));
        a.itsStore.thaw();

        awaitFinished(run);

        assertThat(workers.lease(run).attempt()).isEqualTo(2);
        assertThat(b.trainers.steps.get(run.runId().value())).isLessThan(300);
        assertThat(workers.distinct(run, LoraTrained.class)).isEqualTo(1);
        assertThat(workers.heard(run, LoraTrained.class))
                .allSatisfy(
                        trained -> assertThat(workers.bytes(trained.lora())).isEqualTo(HashTrainerFactory.after(300)));
        await().atMost(LONG).until(() -> !a.worker.busy());
    }

    /** Its record stands behind those that were queued meanwhile. */
    @Test
    void aRunThatLostItsWorkerGoesBeforeThoseThatHadNone() throws Exception {
        TestWorker a = workers.start("a", new HashTrainerFactory(20));
        DatasetPrepared begun = workers.aRun("begun", 60, 1000);
        workers.enqueue(begun);
        await().atMost(LONG)
                .until(() -> a.trainers.steps.getOrDefault(begun.runId().value(), 0) >= 10);
        DatasetPrepared fresh = workers.aRun("fresh", 5, 1000);
        workers.enqueue(fresh);
        a.stop();
        TestWorker b = workers.start("b", new HashTrainerFactory(20));

        awaitFinished(begun);
        awaitFinished(fresh);

        assertThat(b.trainers.order).containsExactly(begun.runId(), fresh.runId());
    }

    @Test
    void aWorkerThatIsStoppedSavesLetsGoAndTheNextOneGoesOnFromThereAtOnce() throws Exception {
        TestWorker a = workers.start("a", new HashTrainerFactory(50));
        DatasetPrepared run = workers.aRun("anna", 100, 1000);
        workers.enqueue(run);
        await().atMost(LONG)
                .until(() -> a.trainers.steps.getOrDefault(run.runId().value(), 0) >= 10);
        a.stop();

        int saved = workers.lease(run).step();
        assertThat(saved).isGreaterThanOrEqualTo(10);
        assertThat(workers.lease(run).state()).isInstanceOf(LeaseState.Queued.class);

        TestWorker b = workers.start("b", new HashTrainerFactory(1));
        awaitFinished(run);
        assertThat(b.trainers.steps.get(run.runId().value())).isEqualTo(100 - saved);
        assertThat(workers.lease(run).failures()).isEmpty();
        assertThat(workers.heard(run, LoraTrained.class))
                .singleElement()
                .satisfies(
                        trained -> assertThat(workers.bytes(trained.lora())).isEqualTo(HashTrainerFactory.after(100)));
    }

    @Test
    void aRunIsPausedAndResumedAndKeptBeforeItsEnd() {
        TestWorker a = workers.start("a", new HashTrainerFactory(50));
        DatasetPrepared run = workers.aRun("anna", 1000, 1000);
        workers.enqueue(run);
        await().atMost(LONG)
                .until(() -> a.trainers.steps.getOrDefault(run.runId().value(), 0) >= 5);

        workers.command(new RunCommand.PauseRun(run.runId(), Instant.now()));
        await().atMost(LONG).until(() -> workers.lease(run).state() instanceof LeaseState.Paused && !a.worker.busy());
        int paused = workers.lease(run).step();
        await().atMost(LONG).until(() -> states(run).contains("Paused"));

        workers.command(new RunCommand.ResumeRun(run.runId(), Instant.now()));
        await().atMost(LONG).until(() -> a.worker.busy());
        workers.command(new RunCommand.SampleNow(run.runId(), Instant.now()));
        await().atMost(LONG)
                .until(() -> !workers.heard(run, CheckpointSaved.class).isEmpty());
        assertThat(workers.heard(run, CheckpointSaved.class))
                .first()
                .satisfies(saved -> assertThat(saved.step()).isGreaterThan(paused));

        workers.command(new RunCommand.StopAndKeep(run.runId(), Instant.now()));
        awaitFinished(run);
        assertThat(workers.heard(run, LoraTrained.class)).singleElement().satisfies(trained -> {
            assertThat(trained.steps()).isBetween(paused + 1, 999);
            assertThat(workers.bytes(trained.lora())).isEqualTo(HashTrainerFactory.after(trained.steps()));
        });
    }

    /** The worker has not heard of the pause yet, or is about to carry it out. */
    @Test
    void whoTakesAPauseBackAtOnceIsTrainedOn() {
        TestWorker a = workers.start("a", new HashTrainerFactory(20));
        DatasetPrepared run = workers.aRun("anna", 60, 1000);
        workers.enqueue(run);
        await().atMost(LONG)
                .until(() -> a.trainers.steps.getOrDefault(run.runId().value(), 0) >= 2);

        workers.command(new RunCommand.PauseRun(run.runId(), Instant.now()));
        workers.command(new RunCommand.ResumeRun(run.runId(), Instant.now()));

        awaitFinished(run);
        assertThat(workers.lease(run).attempt()).isEqualTo(2);
    }

    @Test
    void aCancelledRunStopsAndAnotherIsTakenUp() {
        TestWorker a = workers.start("a", new HashTrainerFactory(50));
        DatasetPrepared run = workers.aRun("anna", 1000, 1000);
        DatasetPrepared next = workers.aRun("bert", 3, 1000);
        workers.enqueue(run);
        await().atMost(LONG)
                .until(() -> a.trainers.steps.containsKey(run.runId().value()));
        workers.enqueue(next);

        workers.command(new RunCommand.CancelRun(run.runId(), Instant.now()));

        awaitFinished(next);
        assertThat(workers.lease(run).state()).isInstanceOf(LeaseState.Cancelled.class);
        await().atMost(LONG).until(() -> states(run).contains("Cancelled"));
        assertThat(workers.heard(run, LoraTrained.class)).isEmpty();
    }

    @Test
    void aRunThatWasCancelledBeforeItCameToTheQueueIsNotTrained() {
        TestWorker a = workers.start("a", new HashTrainerFactory(200));
        DatasetPrepared run = workers.aRun("anna", 1000, 1000);
        workers.command(new RunCommand.CancelRun(run.runId(), Instant.now()));
        workers.enqueue(run);

        await().atMost(LONG)
                .until(() -> workers.hasLease(run) && workers.lease(run).state() instanceof LeaseState.Cancelled);
        await().atMost(LONG).until(() -> !a.worker.busy());
    }

    @Test
    void aRunThatIsOverWhenItComesToTheQueueIsNotTrained() {
        TestWorker a = workers.start("a", new HashTrainerFactory(1));
        DatasetPrepared run = workers.aRun("anna", 10, 10);
        workers.over.add(run.runId());
        workers.enqueue(run);

        await().atMost(LONG)
                .until(() -> workers.hasLease(run) && workers.lease(run).state() instanceof LeaseState.Cancelled);

        assertThat(a.trainers.steps).doesNotContainKey(run.runId().value());
        assertThat(workers.heard(run, LoraTrained.class)).isEmpty();
    }

    /** A worker that starts again reads what was queued before it. */
    @Test
    void ofARunThatWasErasedNotEvenALeaseIsWritten() {
        DatasetPrepared run = workers.aRun("anna", 10, 10);
        DatasetPrepared next = workers.aRun("bert", 3, 3);
        workers.erased.add(run.runId());
        workers.enqueue(run);
        workers.enqueue(next);

        TestWorker a = workers.start("a", new HashTrainerFactory(1));

        awaitFinished(next);
        await().during(Duration.ofSeconds(2)).atMost(LONG).until(() -> !workers.hasLease(run));
        assertThat(a.trainers.steps).doesNotContainKey(run.runId().value());
    }

    @Test
    void aRunThatBreaksItsWorkersIsGivenUpWithItsEvidence() {
        workers.start("a", new HashTrainerFactory(10));
        workers.start("b", new HashTrainerFactory(10));
        DatasetPrepared run = workers.aRun(HashTrainerFactory.POISON, 50, 2);
        workers.enqueue(run);

        await().atMost(LONG)
                .until(() -> workers.hasLease(run) && workers.lease(run).state().over());

        assertThat(workers.lease(run).state()).isInstanceOfSatisfying(LeaseState.Failed.class, failed -> {
            assertThat(failed.why().reason()).isEqualTo(FailureReason.POISONED);
            assertThat(failed.why().evidence()).contains("this data set breaks its trainer");
        });
        await().atMost(LONG).until(() -> states(run).contains("Failed"));
        assertThat(workers.lease(run).failures())
                .as("the first got to a checkpoint, which does not count")
                .hasSizeBetween(4, 6);
        assertThat(workers.heard(run, LoraTrained.class)).isEmpty();
    }

    /** Longer than a lease lives: nobody can renew, and nobody can take the run either. */
    @Test
    void anOutageOfTheStoreTakesTheRunFromNobody() throws Exception {
        WorkerFixture.TestWorker a = workers.start("a", new HashTrainerFactory(50));
        DatasetPrepared run = workers.aRun("anna", 200, 20);
        workers.enqueue(run);
        await().atMost(LONG)
                .until(() -> workers.hasLease(run) && workers.lease(run).step() >= 40);

        a.itsStore.goAway();
        Thread.sleep(QuickSettings.TIME_TO_LIVE.plusSeconds(3).toMillis());
        a.itsStore.comeBack();
        awaitFinished(run);

        assertThat(workers.lease(run).attempt()).isEqualTo(1);
        assertThat(workers.lease(run).failures()).isEmpty();
        assertThat(a.trainers.steps.get(run.runId().value()))
                .as("no step was computed twice")
                .isEqualTo(200);
    }

    @Test
    void aDamagedLeaseIsTheEndOfItsRunAndOfNoOther() {
        DatasetPrepared damaged = workers.aRun("damaged", 10, 10);
        DatasetPrepared other = workers.aRun("other", 10, 10);
        workers.store.put(
                ObjectKeys.lease(damaged.runId()), WorkerFixture.text("{\"prepared\": 7"), "application/json");
        workers.enqueue(damaged);
        workers.enqueue(other);

        workers.start("a", new HashTrainerFactory(1));

        awaitFinished(other);
        await().atMost(LONG).until(() -> states(damaged).contains("Failed"));
        assertThat(workers.heard(damaged, RunSnapshot.class))
                .last()
                .extracting(RunSnapshot::state)
                .isInstanceOfSatisfying(RunState.Failed.class, failed -> {
                    assertThat(failed.reason()).isEqualTo(FailureReason.OBJECT_MISSING_OR_DAMAGED);
                    assertThat(failed.evidence()).contains("the lease of run " + damaged.runId() + " is damaged");
                });
    }

    @Test
    void aRunThatFailedGoesOnFromItsLastCheckpointWhenItIsResumed() {
        WorkerFixture.TestWorker a = workers.start("a", new HashTrainerFactory(1));
        DatasetPrepared run = workers.aRun(HashTrainerFactory.POISON, 50, 2);
        workers.enqueue(run);
        await().atMost(LONG)
                .until(() -> workers.hasLease(run)
                        && workers.lease(run).state() instanceof LeaseState.Failed
                        && workers.lease(run).announced());
        int kept = workers.lease(run).step();
        int attempts = workers.lease(run).attempt();
        assertThat(workers.heard(run, CheckpointSaved.class))
                .as("what was trained is handed over")
                .extracting(CheckpointSaved::step)
                .contains(kept);

        a.trainers.mend();
        workers.command(new RunCommand.ResumeRun(run.runId(), Instant.now()));

        awaitFinished(run);
        assertThat(kept).isPositive();
        assertThat(workers.lease(run).attempt()).isEqualTo(attempts + 1);
        assertThat(workers.distinct(run, LoraTrained.class)).isEqualTo(1);
        assertThat(workers.heard(run, LoraTrained.class))
                .allSatisfy(
                        trained -> assertThat(workers.bytes(trained.lora())).isEqualTo(HashTrainerFactory.after(50)));
    }

    @Test
    void whatIsNoEventIsPutAsideAndTheQueueGoesOn() {
        TestWorker a = workers.start("a", new HashTrainerFactory(1));
        String queue = Topics.trainingQueue(MemoryClass.CPU);
        workers.send(queue, "x", WorkerFixture.text("no json"), new RecordHeaders());
        workers.send(
                queue,
                "x",
                WorkerFixture.text("{}"),
                new RecordHeaders()
                        .add("ce_id", WorkerFixture.text("x/y/1"))
                        .add("ce_type", WorkerFixture.text("athanor.DatasetPrepared.v2")));
        DatasetPrepared run = workers.aRun("anna", 3, 1000);
        workers.enqueue(run);

        awaitFinished(run);
        assertThat(a.deadLetters()).hasSize(2);
    }

    private void awaitFinished(DatasetPrepared run) {
        await().atMost(LONG)
                .until(() -> workers.hasLease(run)
                        && workers.lease(run).state() instanceof LeaseState.Finished
                        && workers.lease(run).announced());
    }

    private List<String> states(DatasetPrepared run) {
        return workers.heard(run, RunSnapshot.class).stream()
                .map(RunSnapshot::state)
                .map(RunState::name)
                .toList();
    }
}
