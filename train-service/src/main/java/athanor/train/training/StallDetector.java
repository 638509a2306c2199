package athanor.train.training;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells a training that goes on from one that hangs. The training thread reports every step; the thread beside it renews
 * the lease only while the reports come: a worker whose card hangs in a native call would otherwise hold its run for ever.
 */
public final class StallDetector {

    /** A base is read from a slow disk and compiled, or a checkpoint goes over a thin line. */
    private static final Duration LONGEST_TASK = Duration.ofMinutes(10);
    /** The first steps compile and plan; only later ones tell how long a step takes. */
    private static final int WARM_UP_STEPS = 3;

    private static final Duration SHORTEST_LIMIT = Duration.ofSeconds(20);
    private static final int STEPS_OF_SILENCE = 20;

    private final Clock clock;
    private Instant last;
    private Duration limit = LONGEST_TASK;
    private int steps;
    private double secondsPerStep;

    public StallDetector(Clock clock) {
        this.clock = clock;
        this.last = clock.instant();
    }

    /** Something begins that is not a step: a base is loaded, a checkpoint stored. */
    synchronized void longTaskBegins() {
        limit = LONGEST_TASK;
        last = clock.instant();
    }

    /** A step is done and the next one begins. */
    synchronized void stepDone(double seconds) {
        steps++;
        if (steps > WARM_UP_STEPS) {
            secondsPerStep = Math.max(secondsPerStep, seconds);
        }
        stepBegins();
    }

    /** A long task is over: the next step begins. */
    synchronized void stepBegins() {
        Duration usual = Duration.ofMillis((long) (STEPS_OF_SILENCE * secondsPerStep * 1000));
        limit = steps <= WARM_UP_STEPS ? LONGEST_TASK : max(SHORTEST_LIMIT, usual);
        last = clock.instant();
    }

    /** A piece of what goes on is done: one of many pictures, or a pass of a step that sums up many. */
    synchronized void alive() {
        last = clock.instant();
    }

    public synchronized Duration silence() {
        return Duration.between(last, clock.instant());
    }

    public synchronized boolean stalled() {
        return silence().compareTo(limit) > 0;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
