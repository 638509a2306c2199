package athanor.sample.later;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.access.Tenant;
import athanor.contracts.rest.SampleJob;
import athanor.contracts.rest.SampleJob.State;
import athanor.contracts.rest.SampleResponse;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RenderLaterTest {

    private static final Tenant ANNA = new Tenant("anna");
    private static final Tenant BEN = new Tenant("ben");

    private static SampleResponse nothing() {
        return new SampleResponse(List.of(), List.of(), List.of(), 0);
    }

    @Test
    void nobodySeesWhatAnotherTenantHasDrawnButAnOperator() {
        try (RenderLater later = new RenderLater(Clock.systemUTC())) {
            String id = later.ask(ANNA, "a photo", (watch, cancelled) -> nothing())
                    .map(SampleJob::id)
                    .orElseThrow();

            assertThat(later.all(BEN)).isEmpty();
            assertThat(later.find(BEN, id)).isEmpty();
            assertThat(later.cancel(BEN, id)).isEmpty();
            assertThat(later.find(ANNA, id)).isPresent();
            assertThat(later.all(Tenant.OPERATOR)).extracting(SampleJob::id).containsExactly(id);
        }
    }

    @Test
    void whenTooManyWaitTheNextIsNotTaken() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        try (RenderLater later = new RenderLater(Clock.systemUTC())) {
            later.ask(ANNA, "long", (watch, cancelled) -> {
                begun.countDown();
                await(enough);
                return nothing();
            });
            await(begun);
            for (int i = 0; i < RenderLater.MOST_WAITING; i++) {
                assertThat(later.ask(ANNA, "waits", (watch, cancelled) -> nothing()))
                        .isPresent();
            }

            assertThat(later.ask(ANNA, "too many", (watch, cancelled) -> nothing()))
                    .isEmpty();
            assertThat(later.all(ANNA)).hasSize(RenderLater.MOST_WAITING + 1);
            enough.countDown();
        }
    }

    @Test
    void aDrawingThatFailsSaysWhyAndTheNextIsDrawn() throws Exception {
        CountDownLatch drawn = new CountDownLatch(1);
        try (RenderLater later = new RenderLater(Clock.systemUTC())) {
            String failed = later.ask(ANNA, "fails", (watch, cancelled) -> {
                        throw new IllegalStateException("the LoRA was deleted");
                    })
                    .map(SampleJob::id)
                    .orElseThrow();
            later.ask(ANNA, "next", (watch, cancelled) -> {
                drawn.countDown();
                return nothing();
            });
            await(drawn);

            Optional<SampleJob> job = later.find(ANNA, failed);

            assertThat(job).get().extracting(SampleJob::state).isEqualTo(State.FAILED);
            assertThat(job).get().extracting(SampleJob::problem).isEqualTo("the LoRA was deleted");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
