package athanor.train;

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

class TroubleTest {

    private final Lease lease = Lease.queued(Runs.aRun(Instant.EPOCH), null, Instant.EPOCH);

    @Test
    void aBaseThatCannotBeLoadedEndsTheRunWithItsSentence() {
        Trouble trouble = Trouble.of(new BaseModelException("unet: the tensor conv_in.weight is missing"), lease);
        assertThat(trouble).isInstanceOfSatisfying(Trouble.Ends.class, ends -> {
            assertThat(ends.why().reason()).isEqualTo(FailureReason.BASE_MODEL_UNREADABLE);
            assertThat(ends.why().evidence()).isEqualTo("unet: the tensor conv_in.weight is missing");
        });
    }

    @Test
    void memoryThatTheProcessorDoesNotHaveIsMissingForEverybodyElseToo() {
        try (NDManager arrays = NDManager.newBaseManager("PyTorch")) {
            OutOfMemoryException tooLarge = catchThrowableOfType(
                    OutOfMemoryException.class,
                    () -> OutOfMemoryException.translating(() -> arrays.zeros(new Shape(1L << 45))));
            assertThat(Trouble.of(tooLarge, lease).kind()).isEqualTo(FailureReason.OUT_OF_MEMORY.name());
        }
    }

    @Test
    void whatNobodyForesawIsTriedAgain() {
        assertThat(Trouble.of(new IllegalStateException("a hiccup"), lease)).isInstanceOf(Trouble.MayPass.class);
    }
}
