package athanor.train.training;

import athanor.contracts.json.Json;
import athanor.contracts.rest.TrainedStep;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.train.lease.HeldLease;
import athanor.train.lease.LeaseLostException;
import athanor.train.lease.RetryWhileHeld;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what each step came to: the topic of the progress forgets after a day and hears of one step a second at most. The
 * steps between two checkpoints are one object, written with the second one; those after the last checkpoint are written again
 * every few seconds.
 */
final class StepLog {

    private static final String LINES = "application/jsonl";
    private static final Duration WRITTEN_EVERY = Duration.ofSeconds(10);

    private final ObjectStore store;
    private final HeldLease held;
    private final Clock clock;
    private final StringBuilder sinceCheckpoint = new StringBuilder();
    private int firstStep;
    private Instant written;

    StepLog(ObjectStore store, HeldLease held, Clock clock) {
        this.store = store;
        this.held = held;
        this.clock = clock;
        this.written = clock.instant();
    }

    /**
     * @param seconds of the step
     * @param etaSeconds until the last one
     * @param measured null where nothing was
     */
    void add(LoraTraining.Step step, double seconds, double etaSeconds, LoraTraining.@Nullable Measured measured) {
        if (sinceCheckpoint.isEmpty()) {
            firstStep = step.number();
        }
        TrainedStep trained = new TrainedStep(
                step.number(),
                held.attempt(),
                step.instanceLoss(),
                step.priorLoss(),
                step.learningRate(),
                seconds,
                clock.instant(),
                step.bands().isEmpty() ? null : step.bands(),
                PeakMemory.bytes(),
                etaSeconds,
                measured == null ? null : measured.changeByBlock(),
                measured == null ? null : measured.validation());
        sinceCheckpoint.append(Json.write(trained)).append('\n');
    }

    boolean writingIsDue() {
        return Duration.between(written, clock.instant()).compareTo(WRITTEN_EVERY) >= 0;
    }

    /** What writes the steps since the last checkpoint, as they are now. May be late, or lost: the next one has them too. */
    Runnable openPart() {
        written = clock.instant();
        String key = ObjectKeys.trainedSteps(held.runId(), held.attempt(), "open");
        byte[] lines = lines();
        return () -> store.put(key, lines, LINES);
    }

    void checkpoint() throws LeaseLostException {
        if (sinceCheckpoint.isEmpty()) {
            return;
        }
        String key = ObjectKeys.trainedSteps(held.runId(), held.attempt(), Integer.toString(firstStep));
        byte[] lines = lines();
        RetryWhileHeld.call(held, () -> store.put(key, lines, LINES));
        sinceCheckpoint.setLength(0);
        written = clock.instant();
    }

    private byte[] lines() {
        return sinceCheckpoint.toString().getBytes(StandardCharsets.UTF_8);
    }
}
