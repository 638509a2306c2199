package athanor.train.training;

import athanor.contracts.events.TrainingProgressed;
import athanor.contracts.run.RunState;
import athanor.train.lease.Checkpoint;
import athanor.train.lease.HeldLease;
import athanor.train.lease.Lease;
import athanor.train.publish.BestEffortPublisher;
import athanor.train.publish.TrainEvents;
import java.time.Clock;
import java.time.Instant;

/** Tells how a training goes. Nobody waits for it to be heard: what drives the run stands in its lease. */
final class TellTraining {

    private final HeldLease held;
    private final LoraTraining training;
    private final StepAccount account;
    private final TrainEvents events;
    private final BestEffortPublisher publisher;
    private final Clock clock;

    TellTraining(
            HeldLease held,
            LoraTraining training,
            StepAccount account,
            TrainEvents events,
            BestEffortPublisher publisher,
            Clock clock) {
        this.held = held;
        this.training = training;
        this.account = account;
        this.events = events;
        this.publisher = publisher;
        this.clock = clock;
    }

    void step(LoraTraining.Step step) {
        account.openPart().ifPresent(publisher::publish);
        if (account.tellingIsDue(training.done())) {
            progress(step);
        }
    }

    private void progress(LoraTraining.Step step) {
        TrainingProgressed progress = new TrainingProgressed(
                held.runId(),
                held.attempt(),
                training.stepsDone(),
                total(),
                step.instanceLoss(),
                step.priorLoss(),
                step.learningRate(),
                account.secondsPerStep(),
                PeakMemory.bytes(),
                account.etaSeconds(training.stepsDone()),
                clock.instant());
        publisher.publish(() -> events.progressed(progress));
    }

    void checkpoint(Checkpoint saved) {
        publisher.publish(
                () -> events.checkpointSaved(saved, held.lease().prepared().recipe()));
        state();
    }

    void state() {
        RunState state = new RunState.Training(training.stepsDone(), total(), held.attempt());
        Lease lease = held.lease();
        Instant now = clock.instant();
        publisher.publish(() -> events.state(lease, state, now));
    }

    private int total() {
        return held.lease().prepared().recipe().training().steps();
    }
}
