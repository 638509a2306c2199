package athanor.train.training;

import athanor.contracts.dataset.PreparedDataset;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.events.LoraTrained;
import athanor.contracts.events.RunCommand;
import athanor.contracts.events.TrainingProgressed;
import athanor.contracts.json.Json;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.EffectiveSettings;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.RunState;
import athanor.diffusion.training.TrainingDivergedException;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.store.StoreException;
import athanor.train.lease.Checkpoint;
import athanor.train.lease.Checkpoints;
import athanor.train.lease.HeldLease;
import athanor.train.lease.Lease;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the LoRA of a run, from the first step or from where the last worker came to, and leaves the lease with what came
 * of it. Objects are written before the lease names them, the lease before an event tells.
 */
public final class TrainLora {

    private static final Logger LOG = LoggerFactory.getLogger(TrainLora.class);

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
            return finish(held, last); // the worker before this one died between its last checkpoint and the end
        }
        DatasetPrepared event = held.lease().prepared();
        PreparedDataset dataset =
                RetryWhileHeld.call(held, () -> Json.read(store.read(event.prepared()), PreparedDataset.class));
        stallDetector.longTaskBegins();
        try (LoraTraining training = open(held, event, dataset, last, stallDetector::alive)) {
            return new Session(held, commands, stallDetector, training, dataset).run();
        } finally {
            metrics.rests();
            publisher.flush();
        }
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

    private VersionedLease finish(HeldLease held, Checkpoint end) throws LeaseLostException {
        DatasetPrepared prepared = held.lease().prepared();
        String key = ObjectKeys.lora(held.runId(), prepared.name());
        LoraTrained trained = end.asTrained(prepared, key, clock.instant());
        return RetryWhileHeld.call(held, () -> held.finish(trained));
    }

    /** One worker's stretch of a training. */
    private final class Session {

        private final HeldLease held;
        private final PendingCommands commands;
        private final StallDetector stallDetector;
        private final LoraTraining training;
        private final PreparedDataset dataset;
        private final Recipe recipe;
        private final int total;
        private final double secondsBefore;
        private final Instant start = clock.instant();
        private final Speed speed = new Speed(clock, progressEvery);
        private final LossMean instanceLoss = new LossMean();
        private final LossMean priorLoss = new LossMean();
        private final StepLog log;
        private boolean effectiveIsTold;

        Session(
                HeldLease held,
                PendingCommands commands,
                StallDetector stallDetector,
                LoraTraining training,
                PreparedDataset dataset) {
            this.held = held;
            this.commands = commands;
            this.stallDetector = stallDetector;
            this.training = training;
            this.dataset = dataset;
            this.log = new StepLog(store, held, clock);
            this.recipe = held.lease().prepared().recipe();
            this.total = recipe.training().steps();
            Checkpoint before = held.lease().checkpoint();
            this.secondsBefore = before == null ? 0 : before.seconds();
        }

        VersionedLease run() throws LeaseLostException {
            tellState();
            int every = recipe.training().checkpointEverySteps();
            while (true) {
                step();
                if (training.done()) {
                    return finish(held, saveAsResult());
                }
                VersionedLease ended = applyCommands();
                if (ended != null) {
                    return ended;
                }
                if (training.stepsDone() % every == 0) {
                    tellCheckpoint(save());
                }
            }
        }

        private void step() throws LeaseLostException {
            if (held.lost()) {
                waitForTheStore();
            }
            long before = System.nanoTime();
            LoraTraining.Step step = stepOrKeepTheLastGoodState();
            double seconds = (System.nanoTime() - before) / 1e9;
            stallDetector.stepDone(seconds);
            speed.stepTook(seconds);
            metrics.stepDone(seconds, step.instanceLoss(), step.priorLoss());
            instanceLoss.add(step.instanceLoss());
            priorLoss.add(step.priorLoss());
            log.add(step, seconds, speed.etaSeconds(total - step.number()), measured(step));
            if (!effectiveIsTold) {
                tellWhatTookEffect();
            }
            if (log.writingIsDue()) {
                publisher.publish(log.openPart());
            }
            if (speed.progressIsDue(training.done())) {
                tellProgress(step);
            }
        }

        /** At the beginning, at every checkpoint and at the end: it takes a while, and the steps' own losses are told anyway. */
        private LoraTraining.@Nullable Measured measured(LoraTraining.Step step) {
            boolean due = step.number() == 1
                    || step.number() == total
                    || step.number() % recipe.training().checkpointEverySteps() == 0;
            if (!due) {
                return null;
            }
            stallDetector.longTaskBegins();
            LoraTraining.Measured measured = training.measure().orElse(null);
            stallDetector.stepBegins();
            return measured;
        }

        /** After the first step of the attempt, which shows it. */
        private void tellWhatTookEffect() throws LeaseLostException {
            effectiveIsTold = true;
            Optional<EffectiveSettings> effective = training.effective(held.attempt(), worker);
            if (effective.isPresent()) {
                String key = ObjectKeys.effectiveSettings(held.runId(), held.attempt());
                byte[] json = Json.bytes(effective.get());
                RetryWhileHeld.call(held, () -> store.put(key, json, "application/json"));
            }
        }

        /** No step is computed that perhaps nobody may keep. */
        private void waitForTheStore() throws LeaseLostException {
            stallDetector.longTaskBegins();
            RetryWhileHeld.call(held, () -> {
                held.renew(); // says why it is lost, should it be
                return held;
            });
            stallDetector.stepBegins();
        }

        private LoraTraining.Step stepOrKeepTheLastGoodState() throws LeaseLostException {
            try {
                return training.step();
            } catch (TrainingDivergedException e) {
                String kept = training.stepsDone() == 0
                        ? ""
                        : "; kept: " + save().optimizer().key();
                throw new PermanentFailureException(
                        FailureReason.DIVERGED, e.getMessage() + kept, FailureReason.DIVERGED.remedy());
            }
        }

        /** Carries out what was asked since the last step; null to go on. */
        private @Nullable VersionedLease applyCommands() throws LeaseLostException {
            for (RunCommand command = commands.next(); command != null; command = commands.next()) {
                if (command instanceof RunCommand.CancelRun) {
                    return RetryWhileHeld.call(held, held::cancel);
                }
                RetryWhileHeld.call(held, obeyed(command));
                if (command instanceof RunCommand.StopAndKeep) {
                    return finish(held, saveAsResult());
                }
                if (command instanceof RunCommand.PauseRun) {
                    save();
                    return RetryWhileHeld.call(held, held::pause);
                }
                if (command instanceof RunCommand.SampleNow) {
                    tellCheckpoint(save());
                }
            }
            if (commands.shuttingDown()) {
                save();
                return RetryWhileHeld.call(held, held::release);
            }
            return null;
        }

        private RetryWhileHeld.Request<RunCommand> obeyed(RunCommand command) {
            return () -> {
                held.obeyed(command.at());
                return command;
            };
        }

        private Checkpoint save() throws LeaseLostException {
            return save(training::lora);
        }

        /** Nothing is kept as the run's LoRA that others could not use: who dies now leaves a checkpoint that is good. */
        private Checkpoint saveAsResult() throws LeaseLostException {
            return save(training::publishableLora);
        }

        private Checkpoint save(Supplier<byte[]> lora) throws LeaseLostException {
            stallDetector.longTaskBegins();
            byte[] loraBytes = lora.get();
            Instant before = clock.instant();
            log.checkpoint();
            Checkpoints.Facts facts = new Checkpoints.Facts(
                    training.stepsDone(),
                    total,
                    TrainedSizes.of(dataset),
                    instanceLoss.value(),
                    priorLoss.value(),
                    secondsBefore + Duration.between(start, before).toMillis() / 1e3);
            Checkpoint saved =
                    checkpoints.save(held, worker, new Checkpoints.Files(loraBytes, training.state()), facts);
            metrics.checkpointTook(Duration.between(before, clock.instant()));
            dropOlder(saved);
            stallDetector.stepBegins();
            return saved;
        }

        /** Room in the store is not worth a training: what cannot be removed now is removed after the next checkpoint. */
        private void dropOlder(Checkpoint saved) {
            try {
                List<Integer> dropped = checkpoints.drop(saved, recipe.training());
                if (!dropped.isEmpty()) {
                    LOG.info("The recipe does not keep the checkpoints of steps {}; they are dropped", dropped);
                }
            } catch (StoreException e) {
                LOG.warn("Older checkpoints stay for now: {}", e.getMessage());
            }
        }

        private void tellCheckpoint(Checkpoint saved) {
            publisher.publish(() -> events.checkpointSaved(saved, recipe));
            tellState();
        }

        private void tellState() {
            RunState state = new RunState.Training(training.stepsDone(), total, held.attempt());
            Lease lease = held.lease();
            Instant now = clock.instant();
            publisher.publish(() -> events.state(lease, state, now));
        }

        private void tellProgress(LoraTraining.Step step) {
            TrainingProgressed progress = new TrainingProgressed(
                    held.runId(),
                    held.attempt(),
                    training.stepsDone(),
                    total,
                    step.instanceLoss(),
                    step.priorLoss(),
                    step.learningRate(),
                    speed.secondsPerStep(),
                    PeakMemory.bytes(),
                    speed.etaSeconds(total - training.stepsDone()),
                    clock.instant());
            publisher.publish(() -> events.progressed(progress));
        }
    }
}
