package athanor.train.reconcile;

import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunId;
import athanor.store.StoreException;
import athanor.train.lease.Lease;
import athanor.train.lease.LeaseState;
import athanor.train.lease.LeaseWatch;
import athanor.train.lease.Leases;
import athanor.train.lease.RetryPolicy;
import athanor.train.lease.UnreadableLeaseException;
import athanor.train.lease.VersionedLease;
import athanor.train.publish.Announcer;
import athanor.train.queue.QueueLog;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Looks at every open training every few seconds and does what is missing ({@link ReconcileAction}). Every worker has one,
 * busy or not: conditional writes see to it that of several only one acts. One thread only.
 */
public final class Reconciler {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final Duration READ = Duration.ofMillis(200);
    /** More open runs than this are looked at in turns, so that a long queue does not flood the store with reads. */
    private static final int AT_A_TIME = 200;

    private final QueueLog log;
    private final Leases leases;
    private final LeaseWatch watch;
    private final RetryPolicy retryPolicy;
    private final Duration offerAgainAfter;
    private final Announcer announcer;
    private final ApplyCommand commands;
    private final Predicate<MemoryClass> idleAndFit;
    private final Predicate<RunId> isErased;
    private final Clock clock;

    private volatile Map<MemoryClass, Integer> waiting = Map.of();
    private int cursor;

    public Reconciler(
            QueueLog log,
            Leases leases,
            LeaseWatch watch,
            RetryPolicy retryPolicy,
            Duration offerAgainAfter,
            Announcer announcer,
            ApplyCommand commands,
            Predicate<MemoryClass> idleAndFit,
            Predicate<RunId> isErased,
            Clock clock) {
        this.log = log;
        this.leases = leases;
        this.watch = watch;
        this.retryPolicy = retryPolicy;
        this.offerAgainAfter = offerAgainAfter;
        this.announcer = announcer;
        this.commands = commands;
        this.idleAndFit = idleAndFit;
        this.isErased = isErased;
        this.clock = clock;
    }

    /** Runs that wait for a worker, by the class they need: what an autoscaler should look at. */
    int waiting(MemoryClass memoryClass) {
        return waiting.getOrDefault(memoryClass, 0);
    }

    void lookAtAll() {
        log.refresh(READ, clock.instant());
        List<QueueLog.Entry> open = log.open();
        Map<MemoryClass, Integer> count = new EnumMap<>(MemoryClass.class);
        for (int i = 0; i < Math.min(open.size(), AT_A_TIME); i++) {
            QueueLog.Entry entry = open.get((cursor + i) % open.size());
            MDC.put("runId", entry.event().runId().value());
            try {
                if (lookAt(entry)) {
                    count.merge(entry.event().memoryClass(), 1, Integer::sum);
                }
            } catch (UnreadableLeaseException e) {
                LOG.error("{}", e.getMessage());
                announcer.unreadable(entry.event(), e);
                log.forget(entry.event().runId());
            } catch (StoreException e) {
                watch.interrupted();
                throw e; // the others would not be answered either
            } catch (IllegalArgumentException | IllegalStateException e) {
                // something in the run's own documents; where the broker is away the others need not be tried
                LOG.error(
                        "run {}: it could not be looked at this time; the others are",
                        entry.event().runId(),
                        e);
            } finally {
                MDC.remove("runId");
            }
        }
        cursor = next(open.size(), log.open().size());
        waiting = count;
    }

    /** Those that were forgotten have made room for the ones behind them. */
    private int next(int before, int after) {
        return after == 0 ? 0 : (cursor + Math.min(before, AT_A_TIME) - (before - after)) % after;
    }

    /** Whether the run waits for a worker. */
    private boolean lookAt(QueueLog.Entry entry) {
        DatasetPrepared event = entry.event();
        Optional<VersionedLease> found = leases.find(event.runId());
        if (found.isEmpty()) {
            // Its record waits in the queue, unless the broker gave it up.
            Duration waits = Duration.between(entry.read(), clock.instant());
            if (waits.compareTo(offerAgainAfter) > 0 && idleAndFit.test(event.memoryClass())) {
                if (isErased.test(event.runId())) {
                    log.forget(event.runId());
                    return false;
                }
                leases.create(Lease.queued(event, null, clock.instant())).ifPresent(announcer::announce);
            }
            return true;
        }
        Optional<VersionedLease> current = commands.applyPending(found.get());
        if (current.isEmpty()) {
            return false;
        }
        VersionedLease seen = current.get();
        reconcile(seen);
        return seen.lease().state() instanceof LeaseState.Queued;
    }

    private void reconcile(VersionedLease seen) {
        Lease lease = seen.lease();
        boolean stale = watch.isStale(seen);
        Duration unchanged = watch.unchangedFor(seen);
        boolean idle = idleAndFit.test(lease.prepared().memoryClass());
        switch (ReconcileAction.of(lease, unchanged, offerAgainAfter, stale, idle)) {
            case NONE -> {}
            case RECLAIM -> {
                LOG.warn("run {}: {} is gone, attempt {}", lease.runId(), lease.state(), lease.attempt());
                leases.reclaim(seen, watch.silence(seen), retryPolicy, clock.instant())
                        .ifPresent(announcer::announce);
            }
            case ANNOUNCE, OFFER_AGAIN -> announcer.announce(seen);
            case FORGET -> {
                watch.forget(lease.runId());
                log.forget(lease.runId());
            }
        }
    }
}
