package athanor.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UploadQueueTest {

    private final UploadQueue queue = new UploadQueue();

    @AfterEach
    void stop() {
        queue.stop();
    }

    private <T> CompletableFuture<T> next(Supplier<T> work) {
        return queue.next(work).subscribeAsCompletionStage();
    }

    /** By order: the decoders answer only when the ordinary upload has been answered. */
    @Test
    void filesThatTakeLongHoldUpNobodyBehindThem() throws Exception {
        CompletableFuture<String> verdict = new CompletableFuture<>();
        List<CompletableFuture<String>> slow =
                Stream.generate(() -> next(verdict::join)).limit(100).toList();

        assertThat(next(() -> "ordinary").get(1, TimeUnit.MINUTES)).isEqualTo("ordinary");
        assertThat(slow).noneMatch(CompletableFuture::isDone);

        verdict.complete("slow");
        for (CompletableFuture<String> answer : slow) {
            assertThat(answer.get(1, TimeUnit.MINUTES)).isEqualTo("slow");
        }
    }

    @Test
    void whoWorksSeesTheClassesOfTheService() throws Exception {
        assertThat(next(() -> Thread.currentThread().getContextClassLoader()).get(1, TimeUnit.MINUTES))
                .isSameAs(UploadQueue.class.getClassLoader());
    }
}
