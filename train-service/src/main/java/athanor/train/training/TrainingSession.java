package athanor.train.training;

import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.events.LoraTrained;
import athanor.contracts.events.RunCommand;
import athanor.contracts.run.FailureReason;
import athanor.diffusion.training.TrainingDivergedException;
import athanor.store.ObjectKeys;
import athanor.train.lease.Checkpoint;
import athanor.train.lease.HeldLease;
import athanor.train.lease.LeaseLostException;
import athanor.train.lease.RetryWhileHeld;
import athanor.train.lease.VersionedLease;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One worker's stretch of a training: step after step, and between two steps what was commanded. */
final class TrainingSession {

    private final HeldLease held;
    private final PendingCommands commands;
    private final StallDetector stallDetector;
    private final LoraTraining training;
    private final StepAccount account;
    private final Validate validate;
    private final SaveCheckpoint saveCheckpoint;
    private final TellTraining tell;
    private final TellTookEffect tellTookEffect;
    private final Clock clock;

    TrainingSession(
            HeldLease held,
            PendingCommands commands,
            StallDetector stallDetector,
            LoraTraining training,
            StepAccount account,
            Validate validate,
            SaveCheckpoint saveCheckpoint,
            TellTraining tell,
            TellTookEffect tellTookEffect,
            Clock clock) {
        this.held = held;
        this.commands = commands;
        this.stallDetector = stallDetector;
        this.training = training;
        this.account = account;
        this.validate = validate;
        this.saveCheckpoint = saveCheckpoint;
        this.tell = tell;
        this.tellTookEffect = tellTookEffect;
        this.clock = clock;
    }

    /** @return the lease as it was left: finished, paused, cancelled or released */
    VersionedLease run() throws LeaseLostException {
        tell.state();
        int every = held.lease().prepared().recipe().training().checkpointEverySteps();
        while (true) {
            step();
            if (training.done()) {
                return finish(saveCheckpoint.asResult());
            }
            VersionedLease ended = applyCommands();
            if (ended != null) {
                return ended;
            }
            if (training.stepsDone() % every == 0) {
                tell.checkpoint(saveCheckpoint.measured());
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
        account.took(step, seconds);
        account.keep(step, seconds, validate.onSchedule());
        tellTookEffect.once();
        tell.step(step);
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
                    : "; kept: " + saveCheckpoint.atOnce().optimizer().key();
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
                return finish(saveCheckpoint.asResult());
            }
            if (command instanceof RunCommand.PauseRun) {
                saveCheckpoint.atOnce();
                return RetryWhileHeld.call(held, held::pause);
            }
            if (command instanceof RunCommand.SampleNow) {
                tell.checkpoint(saveCheckpoint.measured());
            }
        }
        if (commands.shuttingDown()) {
            saveCheckpoint.atOnce();
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

    private VersionedLease finish(Checkpoint end) throws LeaseLostException {
        return finish(held, end, clock.instant());
    }

    /** The checkpoint becomes what came of the run. */
    static VersionedLease finish(HeldLease held, Checkpoint end, Instant now) throws LeaseLostException {
        DatasetPrepared prepared = held.lease().prepared();
        String key = ObjectKeys.lora(held.runId(), prepared.name());
        LoraTrained trained = end.asTrained(prepared, key, now);
        return RetryWhileHeld.call(held, () -> held.finish(trained));
    }
}
