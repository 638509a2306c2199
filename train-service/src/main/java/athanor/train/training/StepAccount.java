package athanor.train.training;

import athanor.train.lease.LeaseLostException;
import athanor.train.publish.TrainMetrics;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the steps of a worker's stretch came to: their losses and their time, kept for later and counted for an operator. */
final class StepAccount {

    private final int total;
    private final Speed speed;
    private final StepLog log;
    private final TrainMetrics metrics;
    private final LossMean instanceLoss = new LossMean();
    private final LossMean priorLoss = new LossMean();

    StepAccount(int total, Speed speed, StepLog log, TrainMetrics metrics) {
        this.total = total;
        this.speed = speed;
        this.log = log;
        this.metrics = metrics;
    }

    void took(LoraTraining.Step step, double seconds) {
        speed.stepTook(seconds);
        metrics.stepDone(seconds, step.instanceLoss(), step.priorLoss());
        instanceLoss.add(step.instanceLoss());
        priorLoss.add(step.priorLoss());
    }

    /** @param measured null where nothing was */
    void keep(LoraTraining.Step step, double seconds, LoraTraining.@Nullable Measured measured) {
        log.add(step, seconds, etaSeconds(step.number()), measured);
    }

    /** What writes the steps since the last checkpoint, now and then. */
    Optional<Runnable> openPart() {
        return log.writingIsDue() ? Optional.of(log.openPart()) : Optional.empty();
    }

    /** Writes the steps since the last checkpoint for good. */
    void checkpoint() throws LeaseLostException {
        log.checkpoint();
    }

    boolean tellingIsDue(boolean done) {
        return speed.progressIsDue(done);
    }

    double secondsPerStep() {
        return speed.secondsPerStep();
    }

    double etaSeconds(int stepsDone) {
        return speed.etaSeconds(total - stepsDone);
    }

    /** Mean of the newest steps. */
    double instanceLoss() {
        return instanceLoss.value();
    }

    /** Mean of the newest steps; 0 without prior. */
    double priorLoss() {
        return priorLoss.value();
    }
}
