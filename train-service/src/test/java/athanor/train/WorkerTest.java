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
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunState;
import athanor.store.ObjectKeys;
import athanor.teststack.TestStack;
import athanor.train.lease.Standing;
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

    private Crew crew;

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
        crew = new Crew(stack);
    }

    @AfterEach
    void stop() throws InterruptedException {
        crew.close();
    }

    @Test
    void twoWorkersRaceForOneRunAndOneTrainsIt() throws Exception {
        Crew.Hand a = crew.hire("a", new PracticeRoom(20));
        Crew.Hand b = crew.hire("b", new PracticeRoom(20));
        DatasetPrepared run = crew.aRun("anna", 60, 20);
        crew.enqueue(run);
        crew.enqueue(run); // the second delivery
        awaitFinished(run);
        crew.enqueue(run); // and a late one
        Thread.sleep(2000);

        assertThat(Stream.of(a, b)
                        .mapToInt(
                                hand -> hand.room.steps.getOrDefault(run.runId().value(), 0)))
                .containsExactlyInAnyOrder(60, 0);
        assertThat(crew.heard(run, CheckpointSaved.class))
                .extracting(CheckpointSaved::step)
                .containsExactly(20, 40);
        assertThat(crew.heard(run, LoraTrained.class)).singleElement().satisfies(trained -> {
            assertThat(trained.steps()).isEqualTo(60);
            assertThat(crew.bytes(trained.lora())).isEqualTo(PracticeRoom.after(60));
        });
        assertThat(crew.store.list(ObjectKeys.checkpoints(run.runId())))
                .as("nobody goes on from a finished run, but its checkpoints can still be tried out")
                .noneMatch(key -> key.endsWith("optimizer.safetensors"))
                .filteredOn(key -> key.endsWith("lora.safetensors"))
                .hasSize(3);
        assertThat(crew.heard(run, TrainingProgressed.class))
                .isNotEmpty()
                .last()
                .satisfies(last -> {
                    assertThat(last.step()).isEqualTo(60);
                    assertThat(last.etaSeconds()).isZero();
                    assertThat(last.memoryBytes()).isPositive();
                });
    }

    @Test
    void twoIdleWorkersShareTwoRuns() {
        Crew.Hand a = crew.hire("a", new PracticeRoom(100));
        Crew.Hand b = crew.hire("b", new PracticeRoom(100));
        DatasetPrepared first = crew.aRun("first", 40, 100);
        DatasetPrepared second = crew.aRun("second", 40, 100);
        crew.enqueue(first);
        crew.enqueue(second);

        await().atMost(LONG).until(() -> a.worker.busy() && b.worker.busy());
        awaitFinished(first);
        awaitFinished(second);
    }

    @Test
    void theRunOfAFrozenWorkerGoesOnElsewhereAndWhatTheFirstOneDoesLaterHarmsNothing() {
        Crew.Hand a = crew.hire("a", new PracticeRoom(50));
        DatasetPrepared run = crew.aRun("anna", 300, 20);
        crew.enqueue(run);
        await().atMost(LONG).until(() -> crew.hasLease(run) && crew.lease(run).step() >= 40);
        a.itsStore.freeze();
        Crew.Hand b = crew.hire("b", new PracticeRoom(10));
        Instant frozen = Instant.now();
        await().atMost(LONG).until(() -> b.worker.busy());
        assertThat(Duration.between(frozen, Instant.now())).isLessThan(QuickSettings.TIME_TO_LIVE.plusSeconds(10));
        a.itsStore.thaw();

        awaitFinished(run);

        assertThat(crew.lease(run).attempt()).isEqualTo(2);
        assertThat(b.room.steps.get(run.runId().value())).isLessThan(300);
        assertThat(crew.distinct(run, LoraTrained.class)).isEqualTo(1);
        assertThat(crew.heard(run, LoraTrained.class))
                .allSatisfy(trained -> assertThat(crew.bytes(trained.lora())).isEqualTo(PracticeRoom.after(300)));
        await().atMost(LONG).until(() -> !a.worker.busy());
    }

    @Test
    void aWorkerThatIsStoppedSavesLetsGoAndTheNextOneGoesOnFromThereAtOnce() throws Exception {
        Crew.Hand a = crew.hire("a", new PracticeRoom(50));
        DatasetPrepared run = crew.aRun("anna", 100, 1000);
        crew.enqueue(run);
        await().atMost(LONG).until(() -> a.room.steps.getOrDefault(run.runId().value(), 0) >= 10);
        a.stop();

        int saved = crew.lease(run).step();
        assertThat(saved).isGreaterThanOrEqualTo(10);
        assertThat(crew.lease(run).standing()).isInstanceOf(Standing.Queued.class);

        Crew.Hand b = crew.hire("b", new PracticeRoom(1));
        awaitFinished(run);
        assertThat(b.room.steps.get(run.runId().value())).isEqualTo(100 - saved);
        assertThat(crew.lease(run).failures()).isEmpty();
        assertThat(crew.heard(run, LoraTrained.class))
                .singleElement()
                .satisfies(trained -> assertThat(crew.bytes(trained.lora())).isEqualTo(PracticeRoom.after(100)));
    }

    @Test
    void aRunIsPausedAndResumedAndKeptBeforeItsEnd() {
        Crew.Hand a = crew.hire("a", new PracticeRoom(50));
        DatasetPrepared run = crew.aRun("anna", 1000, 1000);
        crew.enqueue(run);
        await().atMost(LONG).until(() -> a.room.steps.getOrDefault(run.runId().value(), 0) >= 5);

        crew.command(new RunCommand.PauseRun(run.runId(), Instant.now()));
        await().atMost(LONG).until(() -> crew.lease(run).standing() instanceof Standing.Paused && !a.worker.busy());
        int paused = crew.lease(run).step();
        await().atMost(LONG).until(() -> states(run).contains("Paused"));

        crew.command(new RunCommand.ResumeRun(run.runId(), Instant.now()));
        await().atMost(LONG).until(() -> a.worker.busy());
        crew.command(new RunCommand.SampleNow(run.runId(), Instant.now()));
        await().atMost(LONG).until(() -> !crew.heard(run, CheckpointSaved.class).isEmpty());
        assertThat(crew.heard(run, CheckpointSaved.class))
                .first()
                .satisfies(saved -> assertThat(saved.step()).isGreaterThan(paused));

        crew.command(new RunCommand.StopAndKeep(run.runId(), Instant.now()));
        awaitFinished(run);
        assertThat(crew.heard(run, LoraTrained.class)).singleElement().satisfies(trained -> {
            assertThat(trained.steps()).isBetween(paused + 1, 999);
            assertThat(crew.bytes(trained.lora())).isEqualTo(PracticeRoom.after(trained.steps()));
        });
    }

    @Test
    void aCancelledRunStopsAndAnotherIsTakenUp() {
        Crew.Hand a = crew.hire("a", new PracticeRoom(50));
        DatasetPrepared run = crew.aRun("anna", 1000, 1000);
        DatasetPrepared next = crew.aRun("bert", 3, 1000);
        crew.enqueue(run);
        await().atMost(LONG).until(() -> a.room.steps.containsKey(run.runId().value()));
        crew.enqueue(next);

        crew.command(new RunCommand.CancelRun(run.runId(), Instant.now()));

        awaitFinished(next);
        assertThat(crew.lease(run).standing()).isInstanceOf(Standing.Cancelled.class);
        await().atMost(LONG).until(() -> states(run).contains("Cancelled"));
        assertThat(crew.heard(run, LoraTrained.class)).isEmpty();
    }

    @Test
    void aRunThatWasCancelledBeforeItCameToTheQueueIsNotTrained() {
        Crew.Hand a = crew.hire("a", new PracticeRoom(200));
        DatasetPrepared run = crew.aRun("anna", 1000, 1000);
        crew.command(new RunCommand.CancelRun(run.runId(), Instant.now()));
        crew.enqueue(run);

        await().atMost(LONG)
                .until(() -> crew.hasLease(run) && crew.lease(run).standing() instanceof Standing.Cancelled);
        await().atMost(LONG).until(() -> !a.worker.busy());
    }

    @Test
    void aRunThatIsOverWhenItComesToTheQueueIsNotTrained() {
        Crew.Hand a = crew.hire("a", new PracticeRoom(1));
        DatasetPrepared run = crew.aRun("anna", 10, 10);
        crew.over.add(run.runId());
        crew.enqueue(run);

        await().atMost(LONG)
                .until(() -> crew.hasLease(run) && crew.lease(run).standing() instanceof Standing.Cancelled);

        assertThat(a.room.steps).doesNotContainKey(run.runId().value());
        assertThat(crew.heard(run, LoraTrained.class)).isEmpty();
    }

    @Test
    void aRunThatBreaksItsWorkersIsGivenUpWithItsEvidence() {
        crew.hire("a", new PracticeRoom(10));
        crew.hire("b", new PracticeRoom(10));
        DatasetPrepared run = crew.aRun(PracticeRoom.POISON, 50, 2);
        crew.enqueue(run);

        await().atMost(LONG)
                .until(() -> crew.hasLease(run) && crew.lease(run).standing().over());

        assertThat(crew.lease(run).standing()).isInstanceOfSatisfying(Standing.Failed.class, failed -> {
            assertThat(failed.why().reason()).isEqualTo(FailureReason.POISONED);
            assertThat(failed.why().evidence()).contains("this data set breaks its trainer");
        });
        await().atMost(LONG).until(() -> states(run).contains("Failed"));
        assertThat(crew.lease(run).failures()).hasSizeBetween(3, 5);
        assertThat(crew.heard(run, LoraTrained.class)).isEmpty();
    }

    @Test
    void whatIsNoEventIsPutAsideAndTheQueueGoesOn() {
        Crew.Hand a = crew.hire("a", new PracticeRoom(1));
        String queue = Topics.trainingQueue(MemoryClass.CPU);
        crew.send(queue, "x", Crew.text("no json"), new RecordHeaders());
        crew.send(
                queue,
                "x",
                Crew.text("{}"),
                new RecordHeaders()
                        .add("ce_id", Crew.text("x/y/1"))
                        .add("ce_type", Crew.text("athanor.DatasetPrepared.v2")));
        DatasetPrepared run = crew.aRun("anna", 3, 1000);
        crew.enqueue(run);

        awaitFinished(run);
        assertThat(a.buried()).hasSize(2);
    }

    private void awaitFinished(DatasetPrepared run) {
        await().atMost(LONG)
                .until(() -> crew.hasLease(run)
                        && crew.lease(run).standing() instanceof Standing.Finished
                        && crew.lease(run).announced());
    }

    private List<String> states(DatasetPrepared run) {
        return crew.heard(run, RunSnapshot.class).stream()
                .map(RunSnapshot::state)
                .map(RunState::name)
                .toList();
    }
}
