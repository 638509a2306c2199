package athanor.train.worker;

import athanor.contracts.json.JsonException;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.RunState;
import athanor.diffusion.BaseModelException;
import athanor.diffusion.OutOfMemoryException;
import athanor.store.StoreException;
import athanor.train.lease.FailedAttempt;
import athanor.train.lease.Lease;
import athanor.train.training.PermanentFailureException;

/**
 * What an exception of a training means for its run: the end, because any worker would meet it ({@link Permanent}), or
 * another try ({@link Retryable}).
 */
sealed interface AttemptFailure {

    /** Name in the metrics. */
    String kind();

    record Permanent(RunState.Failed why) implements AttemptFailure {
        @Override
        public String kind() {
            return why.reason().name();
        }
    }

    record Retryable(FailedAttempt.Kind how, String what) implements AttemptFailure {
        @Override
        public String kind() {
            return how.name();
        }
    }

    static AttemptFailure of(Throwable thrown, Lease lease) {
        String said = String.valueOf(thrown.getMessage());
        if (thrown instanceof PermanentFailureException failure) {
            return new Permanent(failure.why());
        }
        if (thrown instanceof StoreException store) {
            return switch (store.kind()) {
                case MISSING, DAMAGED -> permanent(FailureReason.OBJECT_MISSING_OR_DAMAGED, said);
                case TOO_LARGE -> permanent(FailureReason.CHECKPOINT_NOT_SAVED, said + "; " + kept(lease.step()));
                default -> new Retryable(FailedAttempt.Kind.STORE, said);
            };
        }
        if (thrown instanceof BaseModelException) {
            return permanent(FailureReason.BASE_MODEL_UNREADABLE, said);
        }
        if (thrown instanceof JsonException) {
            return permanent(FailureReason.OBJECT_MISSING_OR_DAMAGED, said);
        }
        if (thrown instanceof OutOfMemoryException || thrown instanceof OutOfMemoryError) {
            return permanent(FailureReason.OUT_OF_MEMORY, "step %d: %s".formatted(lease.step(), said));
        }
        return new Retryable(FailedAttempt.Kind.COMPUTE, thrown.getClass().getSimpleName() + ": " + said);
    }

    private static String kept(int step) {
        return step == 0 ? "there is no checkpoint before it" : "the checkpoint of step %d is kept".formatted(step);
    }

    private static Permanent permanent(FailureReason reason, String evidence) {
        return new Permanent(RunState.Failed.of(reason, evidence));
    }
}
