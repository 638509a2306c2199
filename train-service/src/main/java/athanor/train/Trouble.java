package athanor.train;

import athanor.contracts.json.JsonException;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.RunState;
import athanor.diffusion.BaseModelException;
import athanor.diffusion.OutOfMemoryException;
import athanor.store.StoreException;
import athanor.train.lease.FailedAttempt;
import athanor.train.lease.Lease;

/** What an exception of a training means for its run: the end, because any worker would meet it, or another try. */
sealed interface Trouble {

    /** Name in the metrics. */
    String kind();

    record Ends(RunState.Failed why) implements Trouble {
        @Override
        public String kind() {
            return why.reason().name();
        }
    }

    record MayPass(FailedAttempt.Kind how, String what) implements Trouble {
        @Override
        public String kind() {
            return how.name();
        }
    }

    static Trouble of(Throwable thrown, Lease lease) {
        String said = String.valueOf(thrown.getMessage());
        if (thrown instanceof RunFailure failure) {
            return new Ends(failure.why());
        }
        if (thrown instanceof StoreException store) {
            return store.kind() == StoreException.Kind.MISSING || store.kind() == StoreException.Kind.DAMAGED
                    ? ends(FailureReason.OBJECT_MISSING_OR_DAMAGED, said)
                    : new MayPass(FailedAttempt.Kind.STORE, said);
        }
        if (thrown instanceof BaseModelException) {
            return ends(FailureReason.BASE_MODEL_UNREADABLE, said);
        }
        if (thrown instanceof JsonException) {
            return ends(FailureReason.OBJECT_MISSING_OR_DAMAGED, said);
        }
        if (thrown instanceof OutOfMemoryException || thrown instanceof OutOfMemoryError) {
            return ends(FailureReason.OUT_OF_MEMORY, "step %d: %s".formatted(lease.step(), said));
        }
        return new MayPass(FailedAttempt.Kind.COMPUTE, thrown.getClass().getSimpleName() + ": " + said);
    }

    private static Ends ends(FailureReason reason, String evidence) {
        return new Ends(new RunState.Failed(reason, evidence, reason.remedy()));
    }
}
