package athanor.train;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.run.FailureReason;
import athanor.diffusion.BaseModelException;
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
        Trouble trouble = Trouble.of(
                new IllegalStateException("DefaultCPUAllocator: can't allocate memory: you tried to allocate 64 bytes"),
                lease);
        assertThat(trouble.kind()).isEqualTo(FailureReason.OUT_OF_MEMORY.name());
    }

    @Test
    void whatNobodyForesawIsTriedAgain() {
        assertThat(Trouble.of(new IllegalStateException("a hiccup"), lease)).isInstanceOf(Trouble.MayPass.class);
    }
}
