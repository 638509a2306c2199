package athanor.contracts.run;

import athanor.contracts.Check;
import athanor.contracts.Excerpt;
import athanor.contracts.ObjectRef;
import athanor.contracts.events.RunCommand;

/**
 * Where a run stands:
 *
 * <pre>
 *   Requested - Validating - Preparing - Queued - Training - Rendering - Finished
 *                                                    |
 *                                                  Paused       any of them - Failed | Cancelled
 *                                                               even an end - Erased
 * </pre>
 *
 * <p>Each service tells the states of its own stage, and tells them again when it starts over; nobody holds a run all the way
 * and moves it on. So the order is kept where states are read, by {@link #follows}: a run only goes forward, and its first
 * end is its last word.
 */
public sealed interface RunState {

    /** How far along the way. */
    int rank();

    /** Name for people and for the JSON's {@code type}. */
    default String name() {
        return getClass().getSimpleName();
    }

    default boolean over() {
        return this instanceof Ended;
    }

    /** Whether this is news of a run that was known to be elsewhere; otherwise it was told late, or twice. */
    default boolean follows(RunState known) {
        return !known.over() && rank() >= known.rank() && !equals(known) && !isEarlierStepThan(known);
    }

    private boolean isEarlierStepThan(RunState known) {
        return this instanceof AtStep here && known instanceof AtStep there && here.isBefore(there);
    }

    /** How far a training is. Another attempt goes on from the last checkpoint, so its steps may be fewer. */
    sealed interface AtStep extends RunState {

        int step();

        int attempt();

        default boolean isBefore(AtStep other) {
            return attempt() < other.attempt() || attempt() == other.attempt() && step() < other.step();
        }

        @Override
        default int rank() {
            return 4;
        }
    }

    /** Nothing follows. */
    sealed interface Ended extends RunState {

        @Override
        default int rank() {
            return 6;
        }
    }

    record Requested() implements RunState {
        @Override
        public int rank() {
            return 0;
        }
    }

    record Validating() implements RunState {
        @Override
        public int rank() {
            return 1;
        }
    }

    record Preparing() implements RunState {
        @Override
        public int rank() {
            return 2;
        }
    }

    record Queued() implements RunState {
        @Override
        public int rank() {
            return 3;
        }
    }

    /**
     * @param step steps done
     * @param total steps wanted
     * @param attempt counts the workers that took the run up
     */
    record Training(int step, int total, int attempt) implements AtStep {

        public Training {
            checkProgress(step, total, attempt);
        }
    }

    /** A training that waits for {@link RunCommand.ResumeRun}; the fields are those of {@link Training}. */
    record Paused(int step, int total, int attempt) implements AtStep {

        public Paused {
            checkProgress(step, total, attempt);
        }
    }

    record Rendering() implements RunState {
        @Override
        public int rank() {
            return 5;
        }
    }

    record Finished(ObjectRef lora, ObjectRef contactSheet) implements Ended {

        public Finished {
            Check.present(lora, "lora");
            Check.present(contactSheet, "contactSheet");
        }
    }

    /**
     * @param evidence what was found, with numbers; what is longer than a page is cut, because it may quote a stranger
     * @param remedy what to do
     */
    record Failed(FailureReason reason, String evidence, String remedy) implements Ended {

        private static final int LONGEST_EVIDENCE = 4000;

        public Failed {
            Check.present(reason, "reason");
            evidence = Excerpt.of(Check.text(evidence, "evidence"), LONGEST_EVIDENCE);
            Check.text(remedy, "remedy");
        }

        /** With the remedy that the reason has. */
        public static Failed of(FailureReason reason, String evidence) {
            return new Failed(reason, evidence, reason.remedy());
        }
    }

    record Cancelled() implements Ended {}

    /** Nothing of the run is left but its id. Takes the place of any other end, and is told by a record without a value. */
    record Erased() implements Ended {}

    private static void checkProgress(int step, int total, int attempt) {
        Check.atLeast(0, step, "step");
        Check.atLeast(step, total, "total");
        Check.atLeast(1, attempt, "attempt");
    }
}
