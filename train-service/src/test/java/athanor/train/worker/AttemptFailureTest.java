package athanor.train.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.contracts.run.FailureReason;
import athanor.diffusion.BaseModelException;
import athanor.diffusion.OutOfMemoryException;
import athanor.train.lease.Lease;
import athanor.train.lease.Runs;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AttemptFailureTest {

    private final Lease lease = Lease.queued(Runs.aRun(Instant.EPOCH), null, Instant.EPOCH);

    @Test
    void aBaseThatCannotBeLoadedEndsTheRunWithItsSentence() {
        AttemptFailure failure =
                AttemptFailure.of(new BaseModelException("unet: the tensor conv_in.weight is missing"), lease);
        assertThat(failure).isInstanceOfSatisfying(AttemptFailure.Permanent.class, permanent -> {
            assertThat(permanent.why().reason()).isEqualTo(FailureReason.BASE_MODEL_UNREADABLE);
            assertThat(permanent.why().evidence()).isEqualTo("unet: the tensor conv_in.weight is missing");
        });
    }

    @Test
    void memoryThatTheProcessorDoesNotHaveIsMissingForEverybodyElseToo() {
        try (NDManager arrays = NDManager.newBaseManager("PyTorch")) {
            OutOfMemoryException tooLarge = catchThrowableOfType(
                    OutOfMemoryException.class,
                    () -> OutOfMemoryException.translating(() -> arrays.zeros(new Shape(1L << 45))));
            assertThat(AttemptFailure.of(tooLarge, lease).kind()).isEqualTo(FailureReason.OUT_OF_MEMORY.name());
        }
    }

    @Test
    void whatNobodyForesawIsTriedAgain() {
        assertThat(AttemptFailure.of(new IllegalStateException("a hiccup"), lease))
                .isInstanceOf(AttemptFailure.Retryable.class);
    }
}
