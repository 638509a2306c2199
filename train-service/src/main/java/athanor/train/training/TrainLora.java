package athanor.train.training;

import athanor.contracts.dataset.PreparedDataset;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.json.Json;
import athanor.contracts.recipe.Recipe;
import athanor.store.ObjectStore;
import athanor.train.lease.Checkpoint;
import athanor.train.lease.Checkpoints;
import athanor.train.lease.HeldLease;
import athanor.train.lease.LeaseLostException;
import athanor.train.lease.RetryWhileHeld;
import athanor.train.lease.VersionedLease;
import athanor.train.publish.BestEffortPublisher;
import athanor.train.publish.TrainEvents;
import athanor.train.publish.TrainMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Trains the LoRA of a run, from the first step or from where the last worker came to, and leaves the lease with what came
 * of it. Objects are written before the lease names them, the lease before an event tells.
 */
public final class TrainLora {

    private final ObjectStore store;
    private final TrainerFactory trainers;
    private final Checkpoints checkpoints;
    private final TrainEvents events;
    private final BestEffortPublisher publisher;
    private final TrainMetrics metrics;
    private final String worker;
    private final Duration progressEvery;
    private final Clock clock;

    public TrainLora(
            ObjectStore store,
            TrainerFactory trainers,
            Checkpoints checkpoints,
            TrainEvents events,
            BestEffortPublisher publisher,
            TrainMetrics metrics,
            String worker,
            Duration progressEvery,
            Clock clock) {
        this.store = store;
        this.trainers = trainers;
        this.checkpoints = checkpoints;
        this.events = events;
        this.publisher = publisher;
        this.metrics = metrics;
        this.worker = worker;
        this.progressEvery = progressEvery;
        this.clock = clock;
    }

    /** @return the lease as it was left: finished, paused, cancelled or released */
    public VersionedLease train(HeldLease held, PendingCommands commands, StallDetector stallDetector)
            throws LeaseLostException {
        Checkpoint last = held.lease().checkpoint();
        int total = held.lease().prepared().recipe().training().steps();
        if (last != null && last.step() >= total) {
            return TrainingSession.finish(
                    held,
                    last,
                    clock.instant()); // the worker before this one died between its last checkpoint and the end
        }
        DatasetPrepared event = held.lease().prepared();
        PreparedDataset dataset =
                RetryWhileHeld.call(held, () -> Json.read(store.read(event.prepared()), PreparedDataset.class));
        stallDetector.longTaskBegins();
        try (LoraTraining training = open(held, event, dataset, last, stallDetector::alive)) {
            return session(held, commands, stallDetector, training, dataset).run();
        } finally {
            metrics.rests();
            publisher.flush();
        }
    }

    private TrainingSession session(
            HeldLease held,
            PendingCommands commands,
            StallDetector stallDetector,
            LoraTraining training,
            PreparedDataset dataset) {
        Recipe.Training rule = held.lease().prepared().recipe().training();
        StepAccount account = new StepAccount(
                rule.steps(), new Speed(clock, progressEvery), new StepLog(store, held, clock), metrics);
        Validate validate = new Validate(training, rule, stallDetector);
        SaveCheckpoint saveCheckpoint = new SaveCheckpoint(
                checkpoints, held, worker, training, dataset, account, validate, stallDetector, metrics, clock);
        TellTraining tell = new TellTraining(held, training, account, events, publisher, clock);
        TellTookEffect tellTookEffect = new TellTookEffect(store, held, worker, training);
        return new TrainingSession(
                held,
                commands,
                stallDetector,
                training,
                account,
                validate,
                saveCheckpoint,
                tell,
                tellTookEffect,
                clock);
    }

    private LoraTraining open(
            HeldLease held, DatasetPrepared event, PreparedDataset dataset, @Nullable Checkpoint last, Runnable alive)
            throws LeaseLostException {
        if (last == null) {
            return trainers.open(event, dataset, null, alive);
        }
        Path state = temporaryFile();
        try {
            RetryWhileHeld.call(held, () -> checkpoints.state(last, state));
            return trainers.open(event, dataset, state, alive);
        } finally {
            deleteQuietly(state);
        }
    }

    private static Path temporaryFile() {
        try {
            return Files.createTempFile("athanor-", ".safetensors");
        } catch (IOException e) {
            throw new UncheckedIOException("no file can be made for the last checkpoint in java.io.tmpdir", e);
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // a file too many is not worth a training
        }
    }
}
