package athanor.train;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Sign of life of the training thread. The thread beside it renews the lease only while there is one: a worker whose
 * card hangs in a native call would otherwise hold its run for ever.
 */
final class Pulse {

    /** A base is read from a slow disk and compiled, or a checkpoint goes over a thin line. */
    private static final Duration LONGEST_ERRAND = Duration.ofMinutes(10);
    /** The first steps compile and plan; only later ones tell how long a step takes. */
    private static final int WARM_UP_STEPS = 3;

    private static final Duration SHORTEST_PATIENCE = Duration.ofSeconds(20);
    private static final int STEPS_OF_PATIENCE = 20;

    private final Clock clock;
    private Instant last;
    private Duration patience = LONGEST_ERRAND;
    private int steps;
    private double secondsPerStep;

    Pulse(Clock clock) {
        this.clock = clock;
        this.last = clock.instant();
    }

    /** Something begins that is not a step. */
    synchronized void errand() {
        patience = LONGEST_ERRAND;
        last = clock.instant();
    }

    /** A step is done and the next one begins. */
    synchronized void step(double seconds) {
        steps++;
        if (steps > WARM_UP_STEPS) {
            secondsPerStep = Math.max(secondsPerStep, seconds);
        }
        stepping();
    }

    /** Back from an errand: the next step begins. */
    synchronized void stepping() {
        Duration usual = Duration.ofMillis((long) (STEPS_OF_PATIENCE * secondsPerStep * 1000));
        patience = steps <= WARM_UP_STEPS ? LONGEST_ERRAND : max(SHORTEST_PATIENCE, usual);
        last = clock.instant();
    }

    synchronized Duration silence() {
        return Duration.between(last, clock.instant());
    }

    synchronized boolean stopped() {
        return silence().compareTo(patience) > 0;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
