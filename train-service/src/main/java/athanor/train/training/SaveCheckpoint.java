package athanor.train.training;

import athanor.contracts.dataset.PreparedDataset;
import athanor.contracts.recipe.Recipe;
import athanor.store.StoreException;
import athanor.train.lease.Checkpoint;
import athanor.train.lease.Checkpoints;
import athanor.train.lease.HeldLease;
import athanor.train.lease.LeaseLostException;
import athanor.train.publish.TrainMetrics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Saves a training as it is, with what is known of it by then, and drops the checkpoints that the recipe does not keep. */
final class SaveCheckpoint {

    private static final Logger LOG = LoggerFactory.getLogger(SaveCheckpoint.class);

    private final Checkpoints checkpoints;
    private final HeldLease held;
    private final String worker;
    private final LoraTraining training;
    private final PreparedDataset dataset;
    private final StepAccount account;
    private final Validate validate;
    private final StallDetector stallDetector;
    private final TrainMetrics metrics;
    private final Clock clock;
    private final Instant start;
    private final double secondsBefore;

    SaveCheckpoint(
            Checkpoints checkpoints,
            HeldLease held,
            String worker,
            LoraTraining training,
            PreparedDataset dataset,
            StepAccount account,
            Validate validate,
            StallDetector stallDetector,
            TrainMetrics metrics,
            Clock clock) {
        this.checkpoints = checkpoints;
        this.held = held;
        this.worker = worker;
        this.training = training;
        this.dataset = dataset;
        this.account = account;
        this.validate = validate;
        this.stallDetector = stallDetector;
        this.metrics = metrics;
        this.clock = clock;
        this.start = clock.instant();
        Checkpoint before = held.lease().checkpoint();
        this.secondsBefore = before == null ? 0 : before.seconds();
    }

    /** With its validation. */
    Checkpoint measured() throws LeaseLostException {
        validate.now();
        return atOnce();
    }

    /** For whoever wants the worker to stop now, or whose next step is no good: with its validation only where that is known already. */
    Checkpoint atOnce() throws LeaseLostException {
        return save(training::lora);
    }

    /** Nothing is kept as the run's LoRA that others could not use: who dies now leaves a checkpoint that is good. */
    Checkpoint asResult() throws LeaseLostException {
        validate.now();
        return save(training::publishableLora);
    }

    private Checkpoint save(Supplier<byte[]> lora) throws LeaseLostException {
        stallDetector.longTaskBegins();
        byte[] loraBytes = lora.get();
        Instant before = clock.instant();
        account.checkpoint();
        Recipe.Training rule = held.lease().prepared().recipe().training();
        Checkpoints.Facts facts = new Checkpoints.Facts(
                training.stepsDone(),
                rule.steps(),
                TrainedSizes.of(dataset),
                account.instanceLoss(),
                account.priorLoss(),
                secondsBefore + Duration.between(start, before).toMillis() / 1e3,
                validate.known());
        Checkpoint saved = checkpoints.save(held, worker, new Checkpoints.Files(loraBytes, training.state()), facts);
        metrics.checkpointTook(Duration.between(before, clock.instant()));
        dropOlder(saved, rule);
        stallDetector.stepBegins();
        return saved;
    }

    /** Room in the store is not worth a training: what cannot be removed now is removed after the next checkpoint. */
    private void dropOlder(Checkpoint saved, Recipe.Training rule) {
        try {
            List<Integer> dropped = checkpoints.drop(saved, rule);
            if (!dropped.isEmpty()) {
                LOG.info("The recipe does not keep the checkpoints of steps {}; they are dropped", dropped);
            }
        } catch (StoreException e) {
            LOG.warn("Older checkpoints stay for now: {}", e.getMessage());
        }
    }
}
