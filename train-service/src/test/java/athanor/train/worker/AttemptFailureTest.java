package athanor.train.worker;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.run.FailureReason;
import athanor.diffusion.BaseModelException;
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
        AttemptFailure failure = AttemptFailure.of(
                new IllegalStateException("DefaultCPUAllocator: can't allocate memory: you tried to allocate 64 bytes"),
                lease);
        assertThat(failure.kind()).isEqualTo(FailureReason.OUT_OF_MEMORY.name());
    }

    @Test
    void whatNobodyForesawIsTriedAgain() {
        assertThat(AttemptFailure.of(new IllegalStateException("a hiccup"), lease))
                .isInstanceOf(AttemptFailure.Retryable.class);
    }
}
