package athanor.train.worker;

import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.events.RunCommand;
import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunId;
import athanor.shell.TraceParent;
import athanor.store.StoreException;
import athanor.train.lease.CommandRules;
import athanor.train.lease.FailedAttempt;
import athanor.train.lease.HeldLease;
import athanor.train.lease.Lease;
import athanor.train.lease.LeaseLostException;
import athanor.train.lease.LeaseState;
import athanor.train.lease.LeaseTerms;
import athanor.train.lease.Leases;
import athanor.train.lease.RetryPolicy;
import athanor.train.lease.RetryWhileHeld;
import athanor.train.lease.UnreadableLeaseException;
import athanor.train.lease.VersionedLease;
import athanor.train.publish.Announcer;
import athanor.train.publish.TrainMetrics;
import athanor.train.queue.Broker;
import athanor.train.queue.QueueRecords;
import athanor.train.queue.ShareGroup;
import athanor.train.queue.TrainingQueue;
import athanor.train.training.PendingCommands;
import athanor.train.training.StallDetector;
import athanor.train.training.TrainLora;
import io.opentelemetry.context.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One worker: it stands in the queue or it trains, never both. A record is acknowledged as soon as the lease holds its
 * run, within the second; from then on Kafka has no part in it (docs/adr/0401-acknowledge-at-the-claim.md).
 */
public final class Worker implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private final String id;
    private final Set<MemoryClass> serves;
    private final Broker broker;
    private final QueueRecords records;
    private final Leases leases;
    private final LeaseTerms terms;
    private final RetryPolicy retryPolicy;
    private final TrainLora trainLora;
    private final Announcer announcer;
    private final Predicate<RunId> isOver;
    private final Predicate<RunId> isErased;
    private final TrainMetrics metrics;
    private final Clock clock;

    /** What this worker has in hand. */
    private record Task(HeldLease held, PendingCommands commands, StallDetector stallDetector) {}

    private volatile @Nullable Task task;
    private volatile boolean inLine;
    private volatile boolean stopping;
    private volatile boolean hung;

    public Worker(
            String id,
            Set<MemoryClass> serves,
            Broker broker,
            QueueRecords records,
            Leases leases,
            LeaseTerms terms,
            RetryPolicy retryPolicy,
            TrainLora trainLora,
            Announcer announcer,
            Predicate<RunId> isOver,
            Predicate<RunId> isErased,
            TrainMetrics metrics,
            Clock clock) {
        this.id = id;
        this.serves = serves;
        this.broker = broker;
        this.records = records;
        this.leases = leases;
        this.terms = terms;
        this.retryPolicy = retryPolicy;
        this.trainLora = trainLora;
        this.announcer = announcer;
        this.isOver = isOver;
        this.isErased = isErased;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Waits and trains until {@link #stop}. */
    @Override
    public void run() {
        boolean groupIsReady = false;
        while (!stopping) {
            try {
                if (!groupIsReady) {
                    ShareGroup.setUp(broker);
                    groupIsReady = true;
                }
                Optional<HeldLease> held = waitInLine();
                if (held.isPresent()) {
                    work(held.get());
                }
            } catch (RuntimeException e) {
                LOG.warn("the worker steps out of the line for a moment: {}", e.getMessage());
                LOG.debug("because of", e);
                pause();
            }
        }
    }

    /** Takes the command if this worker holds its run, and goes on with it. */
    public boolean offer(RunCommand command) {
        Task now = task;
        if (now == null
                || !now.held().runId().equals(command.runId())
                || now.held().lost()
                || command instanceof RunCommand.ResumeRun && now.commands().pausing()) {
            return false;
        }
        now.commands().add(command);
        return true;
    }

    /** Whether this worker waits for work that it could do. */
    public boolean idleFor(MemoryClass memoryClass) {
        return inLine && serves.contains(memoryClass);
    }

    public boolean busy() {
        return task != null;
    }

    /** Whether a training hangs in native code: only a restart helps. */
    public boolean hung() {
        return hung;
    }

    public String id() {
        return id;
    }

    public Set<MemoryClass> serves() {
        return serves;
    }

    /** The lease in hand, if any. */
    public Optional<Lease> holds() {
        return Optional.ofNullable(task).map(now -> now.held().lease());
    }

    /** Asks the training to save and let go, and takes no other. */
    public void stop() {
        stopping = true;
        Task now = task;
        if (now != null) {
            now.commands().shutDown();
        }
    }

    private Optional<HeldLease> waitInLine() {
        Optional<HeldLease> interrupted = takeInterrupted();
        if (interrupted.isPresent()) {
            return interrupted;
        }
        try (TrainingQueue queue = TrainingQueue.join(broker, id, serves)) {
            inLine = true;
            while (!stopping) {
                Optional<ConsumerRecord<String, byte[]>> record = queue.poll(POLL);
                Optional<HeldLease> held = record.flatMap(one -> take(queue, one));
                if (held.isPresent()) {
                    return held;
                }
            }
            return Optional.empty();
        } finally {
            inLine = false;
        }
    }

    /**
     * A run that had a worker goes before the ten thousand that had none: its record stands behind theirs. One that broke off
     * here is left to others; when its record comes, this worker may have it again.
     */
    private Optional<HeldLease> takeInterrupted() {
        return leases.inMotion().all().stream()
                .filter(note -> note.motion().waits() && note.motion().attempt() > 1)
                .flatMap(note -> leases.find(note.run()).stream())
                .map(VersionedLease::lease)
                .filter(lease -> lease.state() instanceof LeaseState.Queued
                        && serves.contains(lease.prepared().memoryClass())
                        && !brokeOffHere(lease))
                .flatMap(lease -> claim(lease.prepared(), lease.traceparent()).stream())
                .findFirst();
    }

    private boolean brokeOffHere(Lease lease) {
        List<FailedAttempt> failures = lease.failures();
        return !failures.isEmpty() && failures.get(failures.size() - 1).worker().equals(id);
    }

    /** Claims the run of a record and acknowledges the record. */
    private Optional<HeldLease> take(TrainingQueue queue, ConsumerRecord<String, byte[]> record) {
        Optional<DatasetPrepared> event = records.readOrDeadLetter(record);
        if (event.isEmpty()) {
            queue.accept(record);
            return Optional.empty();
        }
        try {
            Optional<HeldLease> held = claim(event.get(), TraceParent.in(record.headers()));
            queue.accept(record);
            return held;
        } catch (UnreadableLeaseException e) {
            LOG.error("{}", e.getMessage());
            announcer.unreadable(event.get(), e);
            queue.accept(record);
            return Optional.empty();
        } catch (StoreException e) {
            queue.release(record);
            throw e;
        }
    }

    /** Empty when the run is somebody else's, or over: then the record has nothing more to say. */
    private Optional<HeldLease> claim(DatasetPrepared event, @Nullable String traceparent) {
        if (isErased.test(event.runId())) {
            LOG.info("run {}: nothing to do, it was erased", event.runId());
            return Optional.empty(); // not even a lease says again who was in it
        }
        while (true) {
            Instant now = clock.instant();
            Optional<VersionedLease> found =
                    leases.find(event.runId()).or(() -> leases.create(Lease.queued(event, traceparent, now)));
            if (found.isPresent()) {
                VersionedLease seen = found.get();
                if (!(seen.lease().state() instanceof LeaseState.Queued)) {
                    LOG.info(
                            "run {}: nothing to do, it is {}",
                            event.runId(),
                            seen.lease().state());
                    return Optional.empty();
                }
                if (isOver.test(event.runId())) {
                    cancelLease(event.runId(), seen, now);
                    return Optional.empty();
                }
                Optional<HeldLease> held = HeldLease.claim(leases, seen, id, terms, clock);
                if (held.isPresent()) {
                    metrics.claimed(waited(event, seen.lease()));
                    return held;
                }
            }
            // Beaten to it, perhaps only by a note in the lease: look again who has the run.
        }
    }

    /** Cancelled before it came here: the lease says so too, or the run would be offered for ever. */
    private void cancelLease(RunId run, VersionedLease queued, Instant now) {
        LOG.info("run {}: nothing to do, it is over", run);
        CommandRules.apply(queued.lease(), new RunCommand.CancelRun(run, now), "", now)
                .flatMap(cancelled -> leases.replace(queued, cancelled))
                .ifPresent(announcer::announce);
    }

    private Duration waited(DatasetPrepared event, Lease queued) {
        Instant since =
                queued.attempt() == 1 ? event.preparedAt() : queued.state().since();
        return Duration.between(since, clock.instant());
    }

    private void work(HeldLease held) {
        MDC.put("runId", held.runId().value());
        StallDetector stallDetector = new StallDetector(clock);
        Task mine = new Task(held, new PendingCommands(), stallDetector);
        task = mine;
        if (stopping) {
            mine.commands().shutDown();
        }
        LOG.info(
                "run {}: attempt {} begins at step {}",
                held.runId(),
                held.attempt(),
                held.lease().step());
        try (Scope trace = TraceParent.context(held.lease().traceparent()).makeCurrent();
                LeaseRenewer renewer = LeaseRenewer.start(
                        held, stallDetector, retryPolicy, terms.renewEvery(), metrics, this::onStall)) {
            VersionedLease left = train(mine);
            metrics.ended(left.lease().state().getClass().getSimpleName());
            LOG.info("run {}: {}", held.runId(), left.lease().state());
            announcer.announce(left);
        } catch (LeaseLostException e) {
            LOG.warn("{}; nothing is published", e.getMessage());
            metrics.failed(FailedAttempt.Kind.WORKER_LOST.name());
        } finally {
            task = null;
            hung = false;
            MDC.remove("runId");
        }
    }

    private VersionedLease train(Task mine) throws LeaseLostException {
        HeldLease held = mine.held();
        try {
            return trainLora.train(held, mine.commands(), mine.stallDetector());
        } catch (RuntimeException | OutOfMemoryError e) {
            AttemptFailure failure = AttemptFailure.of(e, held.lease());
            metrics.failed(failure.kind());
            if (failure instanceof AttemptFailure.Permanent permanent) {
                LOG.warn("run {} fails: {}", held.runId(), permanent.why().evidence());
                return RetryWhileHeld.call(held, () -> held.fail(permanent.why()));
            }
            AttemptFailure.Retryable retryable = (AttemptFailure.Retryable) failure;
            LOG.error("run {}: attempt {} broke off", held.runId(), held.attempt(), e);
            return RetryWhileHeld.call(held, () -> held.retry(retryable.how(), retryable.what(), retryPolicy));
        }
    }

    private void onStall(VersionedLease given) {
        hung = true;
        metrics.failed(FailedAttempt.Kind.STALLED.name());
        announcer.announce(given);
    }

    private void pause() {
        try {
            Thread.sleep(AFTER_FAILURE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }
}
