package athanor.train.training;

import athanor.contracts.events.TrainingProgressed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How fast a training goes: seconds per step as a running mean that forgets (each step weighs 0.1), so that the first,
 * slow steps do not spoil the estimate for long.
 */
final class Speed {

    private static final double WEIGHT = 0.1;

    private final Clock clock;
    private final Duration progressEvery;
    private Instant lastProgress = Instant.EPOCH;
    private double secondsPerStep = Double.NaN;

    /** @param progressEvery shortest pause between two {@link TrainingProgressed} of a run */
    Speed(Clock clock, Duration progressEvery) {
        this.clock = clock;
        this.progressEvery = progressEvery;
    }

    void stepTook(double seconds) {
        secondsPerStep = Double.isNaN(secondsPerStep) ? seconds : (1 - WEIGHT) * secondsPerStep + WEIGHT * seconds;
    }

    double secondsPerStep() {
        return Double.isNaN(secondsPerStep) ? 0 : secondsPerStep;
    }

    double etaSeconds(int stepsLeft) {
        return stepsLeft * secondsPerStep();
    }

    /** True at most once per pause, and always for the last step. */
    boolean progressIsDue(boolean lastStep) {
        Instant now = clock.instant();
        if (!lastStep && Duration.between(lastProgress, now).compareTo(progressEvery) < 0) {
            return false;
        }
        lastProgress = now;
        return true;
    }
}
