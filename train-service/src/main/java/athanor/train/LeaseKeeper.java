package athanor.train;

import athanor.store.StoreException;
import athanor.train.lease.FailedAttempt;
import athanor.train.lease.HeldLease;
import athanor.train.lease.LeaseLostException;
import athanor.train.lease.Patience;
import athanor.train.lease.Seen;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The thread beside a training: renews its lease while the training shows a pulse, and gives the run away when it does not. */
final class LeaseKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

    private final HeldLease held;
    private final Pulse pulse;
    private final Patience patience;
    private final TrainMetrics metrics;
    private final Consumer<Seen> onStall;
    private final ScheduledExecutorService thread;

    private LeaseKeeper(HeldLease held, Pulse pulse, Patience patience, TrainMetrics metrics, Consumer<Seen> onStall) {
        this.held = held;
        this.pulse = pulse;
        this.patience = patience;
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
    static LeaseKeeper keep(
            HeldLease held,
            Pulse pulse,
            Patience patience,
            Duration renewEvery,
            TrainMetrics metrics,
            Consumer<Seen> onStall) {
        LeaseKeeper keeper = new LeaseKeeper(held, pulse, patience, metrics, onStall);
        long millis = renewEvery.toMillis();
        keeper.thread.scheduleWithFixedDelay(keeper::look, millis, millis, TimeUnit.MILLISECONDS);
        return keeper;
    }

    private void look() {
        try {
            if (held.lost()) {
                return;
            }
            if (pulse.stopped()) {
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
        String what =
                "the training did not move for %d s".formatted(pulse.silence().toSeconds());
        LOG.error("run {}: {}; another worker shall go on", held.runId(), what);
        onStall.accept(held.retry(FailedAttempt.Kind.STALLED, what, patience));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
