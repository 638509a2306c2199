package athanor.train.publish;

import io.opentelemetry.context.Context;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Publishes, in order and beside the training, the events that a training goes on without: progress, states, checkpoints. A
 * broker that is away must neither stop it nor slow it down; when too many events wait the oldest is dropped.
 */
public final class BestEffortPublisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BestEffortPublisher.class);
    private static final int CAPACITY = 32;
    private static final long FAREWELL_SECONDS = 5;

    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(CAPACITY),
            task -> {
                Thread publisher = new Thread(task, "publisher");
                publisher.setDaemon(true);
                return publisher;
            },
            new ThreadPoolExecutor.DiscardOldestPolicy());

    public void publish(Runnable event) {
        String run = MDC.get("runId");
        thread.execute(Context.current().wrap(() -> {
            if (run != null) {
                MDC.put("runId", run);
            }
            try {
                event.run();
            } catch (RuntimeException e) {
                LOG.warn("an event could not be sent, the training goes on: {}", e.getMessage());
            } finally {
                MDC.remove("runId");
            }
        }));
    }

    /** Waits until all is sent, so that the end of a training is not told before its middle; not for ever. */
    public void flush() {
        CountDownLatch sent = new CountDownLatch(1);
        thread.execute(sent::countDown);
        try {
            if (!sent.await(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn(
                        "the broker is slow: {} events stay untold",
                        thread.getQueue().size());
                thread.getQueue().clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
