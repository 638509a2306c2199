package athanor.train.reconcile;

import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunId;
import athanor.store.StoreException;
import athanor.train.lease.Lease;
import athanor.train.lease.LeaseWatch;
import athanor.train.lease.Leases;
import athanor.train.lease.LeasesInMotion;
import athanor.train.lease.RetryPolicy;
import athanor.train.lease.UnreadableLeaseException;
import athanor.train.lease.VersionedLease;
import athanor.train.publish.Announcer;
import athanor.train.queue.QueueLog;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Looks after the trainings of all workers every second and does what is missing ({@link ReconcileAction}). Every worker has one,
 * busy or not: conditional writes see to it that of several only one acts. One thread only.
 *
 * <p>What it costs grows with what is alive. Each look reads a few leases, in turns: of those that are {@link LeasesInMotion}
 * first, because behind them somebody may have died; of those that a user's command waits for; and of the queue, which only an
 * idle worker has reason to doubt. Runs that were told to be over are not looked at.
 */
public final class Reconciler {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final Duration READ = Duration.ofMillis(200);
    /** With fifty workers each lease in motion is read ten times a second; the last one alive still sees fifty within five. */
    private static final int IN_MOTION = 10;

    private static final int COMMANDED = 2;
    private static final int QUEUED = 3;
    /** An idle worker asks whether the broker has lost what it waits for. */
    private static final int QUEUED_WHILE_IDLE = 20;
    /** A note may be older than its claim by as long as a process can stand still between two requests. */
    private static final Duration NOTE_IS_OLD = Duration.ofMinutes(1);

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

    private final RoundRobin inMotion = new RoundRobin();
    private final RoundRobin commanded = new RoundRobin();
    private final RoundRobin queued = new RoundRobin();
    private volatile Map<MemoryClass, Integer> waiting = Map.of();

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

    void lookAround() {
        log.refresh(READ, clock.instant());
        List<LeasesInMotion.Note> notes = notes();
        Set<RunId> seen = new HashSet<>();
        for (LeasesInMotion.Note note : inMotion.next(notes, IN_MOTION)) {
            seen.add(note.run());
            carefully(note.run(), () -> lookAt(note));
        }
        for (RunId run : commanded.next(commands.waiting(), COMMANDED)) {
            if (seen.add(run)) {
                carefully(run, () -> leases.find(run).ifPresent(this::lookAt));
            }
        }
        Map<RunId, LeasesInMotion.Note> begun = notes.stream()
                .filter(note -> !note.motion().waits())
                .collect(Collectors.toMap(LeasesInMotion.Note::run, note -> note, Reconciler::later));
        waiting = count(begun);
        Set<RunId> moving = notes.stream().map(LeasesInMotion.Note::run).collect(Collectors.toSet());
        List<QueueLog.Entry> resting = log.open().stream()
                .filter(entry -> !moving.contains(entry.event().runId()))
                .toList();
        boolean idle =
                resting.stream().anyMatch(entry -> idleAndFit.test(entry.event().memoryClass()));
        for (QueueLog.Entry entry : queued.next(resting, idle ? QUEUED_WHILE_IDLE : QUEUED)) {
            if (seen.add(entry.event().runId())) {
                carefully(entry.event().runId(), () -> lookAt(entry));
            }
        }
    }

    private List<LeasesInMotion.Note> notes() {
        try {
            return leases.inMotion().all();
        } catch (StoreException e) {
            watch.interrupted();
            throw e;
        }
    }

    private static LeasesInMotion.Note later(LeasesInMotion.Note one, LeasesInMotion.Note other) {
        return one.motion().attempt() > other.motion().attempt() ? one : other;
    }

    private Map<MemoryClass, Integer> count(Map<RunId, LeasesInMotion.Note> begun) {
        Map<MemoryClass, Integer> count = new EnumMap<>(MemoryClass.class);
        for (QueueLog.Entry entry : log.open()) {
            DatasetPrepared event = entry.event();
            LeasesInMotion.Note note = begun.get(event.runId());
            boolean hasBegun = note != null && note.motion().attempt() >= event.attempt();
            if (!hasBegun && log.waits(event)) {
                count.merge(event.memoryClass(), 1, Integer::sum);
            }
        }
        return count;
    }

    /** One run that cannot be looked at must not hide the others. */
    private void carefully(RunId run, Runnable look) {
        MDC.put("runId", run.value());
        try {
            look.run();
        } catch (UnreadableLeaseException e) {
            LOG.error("{}", e.getMessage());
            log.find(run).ifPresent(event -> announcer.unreadable(event, e));
            log.forget(run);
        } catch (StoreException e) {
            watch.interrupted();
            throw e; // the others would not be answered either
        } catch (IllegalArgumentException | IllegalStateException e) {
            // something in the run's own documents; where the broker is away the others need not be tried
            LOG.error("run {}: it could not be looked at this time; the others are", run, e);
        } finally {
            MDC.remove("runId");
        }
    }

    private void lookAt(LeasesInMotion.Note note) {
        Optional<VersionedLease> found = leases.find(note.run());
        if (found.isEmpty()) {
            leases.inMotion().forget(note); // the run was erased
            return;
        }
        lookAt(found.get());
        boolean tellsOfIt = found.get().lease().motion().equals(Optional.of(note.motion()));
        if (!tellsOfIt && watch.unchangedFor(found.get()).compareTo(NOTE_IS_OLD) > 0) {
            leases.inMotion().forget(note);
        }
    }

    private void lookAt(QueueLog.Entry entry) {
        DatasetPrepared event = entry.event();
        Optional<VersionedLease> found = leases.find(event.runId());
        if (found.isPresent()) {
            lookAt(found.get());
            return;
        }
        // Its record waits in the queue, unless the broker gave it up.
        Duration waits = Duration.between(entry.read(), clock.instant());
        if (waits.compareTo(offerAgainAfter) > 0 && idleAndFit.test(event.memoryClass())) {
            if (isErased.test(event.runId())) {
                log.forget(event.runId());
                return;
            }
            leases.create(Lease.queued(event, null, clock.instant())).ifPresent(announcer::announce);
        }
    }

    private void lookAt(VersionedLease found) {
        commands.applyPending(found).ifPresent(this::reconcile);
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
