package athanor.endurance.load;

import java.time.Duration;

/**
 * What is tried.
 *
 * @param runs queued before the first worker starts
 * @param runLasts time that each training takes
 * @param measured how long the throughput is measured, once every worker trains
 * @param kills workers that fall silent afterwards, one after another
 */
record LoadPlan(int runs, int workers, Duration runLasts, Duration measured, int kills) {

    static final Duration STEP = Duration.ofMillis(500);

    LoadPlan {
        if (workers < 1 || kills < 0 || kills >= workers || runLasts.compareTo(STEP) < 0) {
            throw new IllegalArgumentException(
                    "%d workers of which %d are killed, runs of %s; wanted are one worker that stays at least, and half a second a run"
                            .formatted(workers, kills, runLasts));
        }
    }

    int stepsOfARun() {
        return (int) runLasts.dividedBy(STEP);
    }
}
