package athanor.contracts.run;

import athanor.contracts.Check;
import athanor.contracts.ObjectRef;
import athanor.contracts.events.RunCommand;

/**
 * Life of a run. Only the moves that exist can be written down:
 *
 * <pre>
 *   Requested - Validating - Preparing - Queued - Training - Rendering - Finished
 *                                                    |
 *                                                  Paused        any live state - Failed | Cancelled
 * </pre>
 */
public sealed interface RunState {

    /** How far along the way: a snapshot of a lower rank than the known one is old news. */
    int rank();

    /** Name for people and for the JSON's {@code type}. */
    default String name() {
        return getClass().getSimpleName();
    }

    default boolean over() {
        return !(this instanceof Live);
    }

    /** A state from which the run can still fail or be cancelled. */
    sealed interface Live extends RunState {

        default Failed fail(FailureReason reason, String evidence) {
            return new Failed(reason, evidence, reason.remedy());
        }

        default Cancelled cancel() {
            return new Cancelled();
        }
    }

    record Requested() implements Live {
        public Validating validate() {
            return new Validating();
        }

        @Override
        public int rank() {
            return 0;
        }
    }

    record Validating() implements Live {
        public Preparing prepare() {
            return new Preparing();
        }

        @Override
        public int rank() {
            return 1;
        }
    }

    record Preparing() implements Live {
        public Queued queue() {
            return new Queued();
        }

        @Override
        public int rank() {
            return 2;
        }
    }

    record Queued() implements Live {
        public Training start(int total, int attempt) {
            return new Training(0, total, attempt);
        }

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
    record Training(int step, int total, int attempt) implements Live {

        public Training {
            checkProgress(step, total, attempt);
        }

        public Training advance(int toStep) {
            return new Training(toStep, total, attempt);
        }

        /** Another worker goes on from the last checkpoint. */
        public Training takeOver(int fromStep, int newAttempt) {
            return new Training(fromStep, total, newAttempt);
        }

        public Paused pause() {
            return new Paused(step, total, attempt);
        }

        public Rendering render() {
            return new Rendering();
        }

        @Override
        public int rank() {
            return 4;
        }
    }

    /** A training that waits for {@link RunCommand.ResumeRun}; the fields are those of {@link Training}. */
    record Paused(int step, int total, int attempt) implements Live {

        public Paused {
            checkProgress(step, total, attempt);
        }

        public Training resume() {
            return new Training(step, total, attempt);
        }

        @Override
        public int rank() {
            return 4;
        }
    }

    record Rendering() implements Live {
        public Finished finish(ObjectRef lora, ObjectRef contactSheet) {
            return new Finished(lora, contactSheet);
        }

        @Override
        public int rank() {
            return 5;
        }
    }

    record Finished(ObjectRef lora, ObjectRef contactSheet) implements RunState {

        public Finished {
            Check.present(lora, "lora");
            Check.present(contactSheet, "contactSheet");
        }

        @Override
        public int rank() {
            return 6;
        }
    }

    /**
     * @param evidence what was found, with numbers
     * @param remedy what to do
     */
    record Failed(FailureReason reason, String evidence, String remedy) implements RunState {

        public Failed {
            Check.present(reason, "reason");
            Check.text(evidence, "evidence");
            Check.text(remedy, "remedy");
        }

        @Override
        public int rank() {
            return 6;
        }
    }

    record Cancelled() implements RunState {
        @Override
        public int rank() {
            return 6;
        }
    }

    private static void checkProgress(int step, int total, int attempt) {
        Check.atLeast(0, step, "step");
        Check.atLeast(step, total, "total");
        Check.atLeast(1, attempt, "attempt");
    }
}
