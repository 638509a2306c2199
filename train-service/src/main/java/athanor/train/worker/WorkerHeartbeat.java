package athanor.train.worker;

import athanor.contracts.json.Json;
import athanor.contracts.json.JsonException;
import athanor.contracts.run.WorkerSeen;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.store.StoreException;
import athanor.store.Versioned;
import athanor.train.lease.Lease;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes every few seconds that the worker is there, which classes it serves, in what memory, and what it trains.
 */
public final class WorkerHeartbeat {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerHeartbeat.class);
    private static final Duration EVERY = Duration.ofSeconds(10);
    /** Who has been silent for so long did not remove its own object. */
    private static final Duration LONG_DEAD = Duration.ofDays(1);

    private final ObjectStore store;
    private final Worker worker;
    private final WorkerSeen.Memory memory;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread heartbeat = new Thread(task, "heartbeat");
        heartbeat.setDaemon(true);
        return heartbeat;
    });

    private boolean cleared;

    public WorkerHeartbeat(ObjectStore store, Worker worker, WorkerSeen.Memory memory, Clock clock) {
        this.store = store;
        this.worker = worker;
        this.memory = memory;
        this.clock = clock;
    }

    public void start() {
        thread.scheduleWithFixedDelay(this::beat, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    public void stop() {
        thread.shutdownNow();
        try {
            store.delete(ObjectKeys.worker(worker.id()));
        } catch (StoreException e) {
            LOG.debug("the sign of life stays and grows old: {}", e.getMessage());
        }
    }

    private void beat() {
        try {
            write();
            if (!cleared) {
                clearTheLongDead();
                cleared = true;
            }
        } catch (RuntimeException e) {
            LOG.debug("no sign of life this time: {}", e.getMessage());
        }
    }

    private void write() {
        WorkerSeen seen = new WorkerSeen(
                worker.id(),
                new ArrayList<>(worker.serves()),
                worker.holds().map(Lease::runId).orElse(null),
                memory,
                clock.instant());
        store.put(ObjectKeys.worker(worker.id()), Json.bytes(seen), "application/json");
    }

    private void clearTheLongDead() {
        for (String key : store.list(ObjectKeys.workers())) {
            store.find(key).filter(this::isLongDead).ifPresent(dead -> store.delete(key));
        }
    }

    /** What cannot be read is nobody's: whoever lives writes his own anew within seconds. */
    private boolean isLongDead(Versioned found) {
        try {
            WorkerSeen seen = Json.read(found.bytes(), WorkerSeen.class);
            return seen.at().plus(LONG_DEAD).isBefore(clock.instant());
        } catch (JsonException e) {
            LOG.debug("a sign of life that cannot be read goes: {}", e.getMessage());
            return true;
        }
    }
}
