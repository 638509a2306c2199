package athanor.train;

import io.opentelemetry.context.Context;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Tells, in order and beside the training, what a training goes on without: progress, states, checkpoints. A broker that is
 * away must neither stop it nor slow it down; when too much is left untold the oldest is dropped.
 */
final class News implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(News.class);
    private static final int UNTOLD = 32;
    private static final long FAREWELL_SECONDS = 5;

    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(UNTOLD),
            task -> {
                Thread news = new Thread(task, "news");
                news.setDaemon(true);
                return news;
            },
            new ThreadPoolExecutor.DiscardOldestPolicy());

    void tell(Runnable news) {
        String run = MDC.get("runId");
        thread.execute(Context.current().wrap(() -> {
            if (run != null) {
                MDC.put("runId", run);
            }
            try {
                news.run();
            } catch (RuntimeException e) {
                LOG.warn("an event could not be sent, the training goes on: {}", e.getMessage());
            } finally {
                MDC.remove("runId");
            }
        }));
    }

    /** Waits until all is told, so that the end of a training is not told before its middle; not for ever. */
    void finish() {
        CountDownLatch told = new CountDownLatch(1);
        thread.execute(told::countDown);
        try {
            if (!told.await(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
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
