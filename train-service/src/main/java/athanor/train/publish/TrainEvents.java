package athanor.train.publish;

import athanor.contracts.events.CheckpointSaved;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.events.LoraTrained;
import athanor.contracts.events.RunSnapshot;
import athanor.contracts.events.TrainingProgressed;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.RunState;
import athanor.train.lease.Checkpoint;
import athanor.train.lease.Lease;
import java.time.Instant;

/**
 * The facts this service tells, each with its id. An id follows from the run, its attempt and its step alone, so whoever
 * tells a fact again, this worker or another one, says the same.
 */
public final class TrainEvents {

    private final Outbox outbox;

    public TrainEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    /** The first record came from preprocess-service; this is for the attempts after it, or for one that got lost. */
    public void queued(Lease lease, Instant at) {
        DatasetPrepared first = lease.prepared();
        outbox.publish(
                new DatasetPrepared(
                        first.runId(),
                        first.name(),
                        first.prepared(),
                        first.memoryClass(),
                        lease.attempt(),
                        first.recipe(),
                        at),
                "train/queued",
                lease.attempt());
    }

    public void state(Lease lease, RunState state, Instant at) {
        // A state of one attempt is told under one id, however often it is told.
        outbox.publish(
                new RunSnapshot(lease.runId(), lease.prepared().name(), state, at),
                "train/state/%s/%d".formatted(state.name(), lease.attempt()),
                state instanceof RunState.Training training ? training.step() : 0);
    }

    void failed(DatasetPrepared asked, RunState.Failed why, Instant at) {
        outbox.publish(
                new RunSnapshot(asked.runId(), asked.name(), why, at),
                "train/state/Failed/%d".formatted(asked.attempt()),
                0);
    }

    public void progressed(TrainingProgressed progress) {
        outbox.publish(progress, "train/progress/" + progress.attempt(), progress.step());
    }

    public void checkpointSaved(Checkpoint saved, Recipe recipe) {
        outbox.publish(
                new CheckpointSaved(
                        saved.runId(),
                        saved.attempt(),
                        saved.step(),
                        saved.totalSteps(),
                        saved.lora(),
                        recipe,
                        saved.savedAt()),
                "train/checkpoint",
                saved.step());
    }

    /** A run has one LoRA, so this event needs no number. */
    public void loraTrained(LoraTrained trained) {
        outbox.publish(trained, "train/lora", 0);
    }
}
