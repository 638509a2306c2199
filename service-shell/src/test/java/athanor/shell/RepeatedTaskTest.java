package athanor.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RepeatedTaskTest {

    private static final Duration SHORT = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AtomicInteger times = new AtomicInteger();

    @Test
    void whatIsDoneIsNotDoneAgain() {
        try (RepeatedTask task = RepeatedTask.untilDone("third-time", SHORT, () -> times.incrementAndGet() == 3)) {
            await().atMost(PATIENCE).until(task::hasEnded);
        }

        assertThat(times).hasValue(3);
    }

    @Test
    void whatFailsEnds() {
        RepeatedTask task = RepeatedTask.forever("fails", SHORT, () -> {
            times.incrementAndGet();
            throw new IllegalStateException("on purpose");
        });

        await().atMost(PATIENCE).until(task::hasEnded);
        assertThat(times).hasValue(1);
    }

    @Test
    void aStopDoesNotWaitForIt() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        RepeatedTask task = RepeatedTask.forever("sleeps", SHORT, () -> {
            begun.countDown();
            try {
                TimeUnit.DAYS.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        begun.await();

        task.close();

        await().atMost(PATIENCE).until(task::hasEnded);
    }
}
