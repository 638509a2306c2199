package athanor.train.worker;

import athanor.store.StoreException;
import athanor.train.lease.FailedAttempt;
import athanor.train.lease.HeldLease;
import athanor.train.lease.LeaseLostException;
import athanor.train.lease.RetryPolicy;
import athanor.train.lease.VersionedLease;
import athanor.train.publish.TrainMetrics;
import athanor.train.training.StallDetector;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The thread beside a training: renews its lease while the training moves, and gives the run away when it stalls. */
final class LeaseRenewer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseRenewer.class);

    private final HeldLease held;
    private final StallDetector stallDetector;
    private final RetryPolicy retryPolicy;
    private final TrainMetrics metrics;
    private final Consumer<VersionedLease> onStall;
    private final ScheduledExecutorService thread;

    private LeaseRenewer(
            HeldLease held,
            StallDetector stallDetector,
            RetryPolicy retryPolicy,
            TrainMetrics metrics,
            Consumer<VersionedLease> onStall) {
        this.held = held;
        this.stallDetector = stallDetector;
        this.retryPolicy = retryPolicy;
        this.metrics = metrics;
        this.onStall = onStall;
        String run = held.runId().value();
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> new Thread(
                () -> {
                    MDC.put("runId", run);
                    task.run();
                },
                "lease"));
    }

    /** @param onStall told when the training hangs and its run was given away */
    static LeaseRenewer start(
            HeldLease held,
            StallDetector stallDetector,
            RetryPolicy retryPolicy,
            Duration renewEvery,
            TrainMetrics metrics,
            Consumer<VersionedLease> onStall) {
        LeaseRenewer renewer = new LeaseRenewer(held, stallDetector, retryPolicy, metrics, onStall);
        long millis = renewEvery.toMillis();
        renewer.thread.scheduleWithFixedDelay(renewer::renewOrGiveAway, millis, millis, TimeUnit.MILLISECONDS);
        return renewer;
    }

    private void renewOrGiveAway() {
        try {
            if (held.over()) {
                return;
            }
            if (held.lost()) {
                held.reassert();
                LOG.info("run {}: the store is back and nobody took the run meanwhile", held.runId());
            }
            if (stallDetector.stalled()) {
                giveAway();
            } else {
                held.renew();
                metrics.renewed();
            }
        } catch (LeaseLostException e) {
            LOG.warn("{}; the training stops at its next step and publishes nothing", e.getMessage());
            metrics.renewalRefused();
        } catch (StoreException e) {
            LOG.warn("run {}: the lease could not be renewed this time: {}", held.runId(), e.getMessage());
            metrics.renewalFailed();
        } catch (RuntimeException e) {
            // A scheduled task that throws is never run again, and nothing would renew the lease.
            LOG.error("run {}: renewing the lease failed", held.runId(), e);
            metrics.renewalFailed();
        }
    }

    private void giveAway() throws LeaseLostException {
        String what = "the training did not move for %d s"
                .formatted(stallDetector.silence().toSeconds());
        LOG.error("run {}: {}; another worker shall go on", held.runId(), what);
        onStall.accept(held.retry(FailedAttempt.Kind.STALLED, what, retryPolicy));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
