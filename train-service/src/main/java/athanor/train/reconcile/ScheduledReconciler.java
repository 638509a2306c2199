package athanor.train.reconcile;

import athanor.contracts.run.MemoryClass;
import athanor.store.StoreException;
import athanor.train.queue.QueueLog;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the reconciler look every few seconds. When the broker is away it begins anew once it is back. */
public final class ScheduledReconciler {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduledReconciler.class);

    /** A client that waits for an absent broker does not always hear that it shall stop. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final Supplier<QueueLog> openLog;
    private final Function<QueueLog, Reconciler> reconcilerOf;
    private final Duration every;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread reconciler = new Thread(task, "reconciler");
        reconciler.setDaemon(true);
        return reconciler;
    });

    private @Nullable QueueLog log;
    private volatile @Nullable Reconciler reconciler;
    private volatile @Nullable ScheduledFuture<?> looks;
    private volatile boolean stopping;

    /** @param every pause between two looks, and before it begins anew */
    public ScheduledReconciler(
            Supplier<QueueLog> openLog, Function<QueueLog, Reconciler> reconcilerOf, Duration every) {
        this.openLog = openLog;
        this.reconcilerOf = reconcilerOf;
        this.every = every;
    }

    public void start() {
        looks = thread.scheduleWithFixedDelay(this::look, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** False before the start, and after an error that no later look could mend. */
    public boolean alive() {
        ScheduledFuture<?> now = looks;
        return now != null && !now.isDone();
    }

    public int waiting(MemoryClass memoryClass) {
        Reconciler now = reconciler;
        return now == null ? 0 : now.waiting(memoryClass);
    }

    /** A second call does nothing. */
    public synchronized void stop() throws InterruptedException {
        if (stopping) {
            return;
        }
        stopping = true;
        ScheduledFuture<?> now = looks;
        if (now != null) {
            now.cancel(true);
        }
        thread.execute(this::closeLog); // a Kafka client is closed by the thread that uses it
        thread.shutdown();
        thread.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            if (log == null) {
                QueueLog opened = openLog.get();
                log = opened;
                reconciler = reconcilerOf.apply(opened);
            }
            Reconciler now = reconciler;
            if (now != null) {
                now.lookAround();
            }
        } catch (StoreException e) {
            // What was read of the broker is as good as before: reading it again is dear where the queue is long.
            LOG.warn("the reconciler looks again once the store is back: {}", e.getMessage());
        } catch (RuntimeException e) {
            if (!stopping) {
                LOG.warn("the reconciler begins anew: {}", e.getMessage());
                LOG.debug("because of", e);
            }
            closeLog();
        }
    }

    private void closeLog() {
        QueueLog open = log;
        log = null;
        if (open != null) {
            open.close();
        }
    }
}
