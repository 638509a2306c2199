package athanor.shell;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** What a service does again and again beside its requests, on a thread of its own, until it is done or the service stops. */
public final class RepeatedTask implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(RepeatedTask.class);

    private final ScheduledThreadPoolExecutor thread;

    private RepeatedTask(String name) {
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread daemon = new Thread(task, name);
            daemon.setDaemon(true);
            return daemon;
        });
    }

    /**
     * The first time at once.
     *
     * @param task says whether that was all; what it throws is logged and ends it
     */
    public static RepeatedTask untilDone(String name, Duration pause, BooleanSupplier task) {
        return start(name, Duration.ZERO, pause, task);
    }

    /**
     * The first time after a pause.
     *
     * @param task what it throws is logged and ends it
     */
    public static RepeatedTask forever(String name, Duration pause, Runnable task) {
        return start(name, pause, pause, () -> {
            task.run();
            return false;
        });
    }

    private static RepeatedTask start(String name, Duration first, Duration pause, BooleanSupplier task) {
        RepeatedTask repeated = new RepeatedTask(name);
        repeated.thread.scheduleWithFixedDelay(
                () -> repeated.once(name, task), first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        return repeated;
    }

    private void once(String name, BooleanSupplier task) {
        try {
            if (task.getAsBoolean()) {
                thread.shutdown();
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s has ended", name);
            thread.shutdown();
        }
    }

    boolean hasEnded() {
        return thread.isTerminated();
    }

    /** Interrupts it where it is. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
