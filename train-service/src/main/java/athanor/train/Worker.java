package athanor.train;

import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.events.RunCommand;
import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunId;
import athanor.shell.TraceParent;
import athanor.store.StoreException;
import athanor.train.lease.FailedAttempt;
import athanor.train.lease.HeldLease;
import athanor.train.lease.Lease;
import athanor.train.lease.LeaseLostException;
import athanor.train.lease.LeaseTerms;
import athanor.train.lease.Leases;
import athanor.train.lease.Obedience;
import athanor.train.lease.Patience;
import athanor.train.lease.Seen;
import athanor.train.lease.Standing;
import athanor.train.queue.ShareGroup;
import athanor.train.queue.TrainingQueue;
import io.opentelemetry.context.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
final class Worker implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(2);

    private final String id;
    private final Set<MemoryClass> serves;
    private final String bootstrapServers;
    private final QueueRecords records;
    private final Leases leases;
    private final LeaseTerms terms;
    private final Patience patience;
    private final TrainLora trainLora;
    private final Announce announce;
    private final Predicate<RunId> isOver;
    private final TrainMetrics metrics;
    private final Clock clock;

    /** What this worker has in hand. */
    private record Task(HeldLease held, Steering steering, Pulse pulse) {}

    private volatile @Nullable Task task;
    private volatile boolean inLine;
    private volatile boolean stopping;
    private volatile boolean hung;

    Worker(
            String id,
            Set<MemoryClass> serves,
            String bootstrapServers,
            QueueRecords records,
            Leases leases,
            LeaseTerms terms,
            Patience patience,
            TrainLora trainLora,
            Announce announce,
            Predicate<RunId> isOver,
            TrainMetrics metrics,
            Clock clock) {
        this.id = id;
        this.serves = serves;
        this.bootstrapServers = bootstrapServers;
        this.records = records;
        this.leases = leases;
        this.terms = terms;
        this.patience = patience;
        this.trainLora = trainLora;
        this.announce = announce;
        this.isOver = isOver;
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
                    ShareGroup.setUp(bootstrapServers);
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

    /** Takes the command if this worker holds its run. */
    boolean steer(RunCommand command) {
        Task now = task;
        if (now == null
                || !now.held().runId().equals(command.runId())
                || now.held().lost()) {
            return false;
        }
        now.steering().ask(command);
        return true;
    }

    /** Whether this worker waits for work that it could do. */
    boolean idleFor(MemoryClass memoryClass) {
        return inLine && serves.contains(memoryClass);
    }

    boolean busy() {
        return task != null;
    }

    /** Whether a training hangs in native code: only a restart helps. */
    boolean hung() {
        return hung;
    }

    String id() {
        return id;
    }

    Set<MemoryClass> serves() {
        return serves;
    }

    /** The lease in hand, if any. */
    Optional<Lease> holds() {
        return Optional.ofNullable(task).map(now -> now.held().lease());
    }

    /** Asks the training to save and let go, and takes no other. */
    void stop() {
        stopping = true;
        Task now = task;
        if (now != null) {
            now.steering().shutDown();
        }
    }

    private Optional<HeldLease> waitInLine() {
        try (TrainingQueue queue = TrainingQueue.join(bootstrapServers, id, serves)) {
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

    /** Claims the run of a record and acknowledges the record. */
    private Optional<HeldLease> take(TrainingQueue queue, ConsumerRecord<String, byte[]> record) {
        Optional<DatasetPrepared> event = records.readOrBury(record);
        if (event.isEmpty()) {
            queue.accept(record);
            return Optional.empty();
        }
        try {
            Optional<HeldLease> held = claim(event.get(), TraceParent.in(record.headers()));
            queue.accept(record);
            return held;
        } catch (StoreException e) {
            queue.release(record);
            throw e;
        }
    }

    /** Empty when the run is somebody else's, or over: then the record has nothing more to say. */
    private Optional<HeldLease> claim(DatasetPrepared event, @Nullable String traceparent) {
        while (true) {
            Instant now = clock.instant();
            Optional<Seen> found =
                    leases.find(event.runId()).or(() -> leases.create(Lease.queued(event, traceparent, now)));
            if (found.isPresent()) {
                Seen seen = found.get();
                if (!(seen.lease().standing() instanceof Standing.Queued)) {
                    LOG.info(
                            "run {}: nothing to do, it is {}",
                            event.runId(),
                            seen.lease().standing());
                    return Optional.empty();
                }
                if (isOver.test(event.runId())) {
                    letItBe(event.runId(), seen, now);
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
    private void letItBe(RunId run, Seen queued, Instant now) {
        LOG.info("run {}: nothing to do, it is over", run);
        Obedience.obey(queued.lease(), new RunCommand.CancelRun(run, now), "", now)
                .flatMap(cancelled -> leases.replace(queued, cancelled))
                .ifPresent(announce::announce);
    }

    private Duration waited(DatasetPrepared event, Lease queued) {
        Instant since =
                queued.attempt() == 1 ? event.preparedAt() : queued.standing().since();
        return Duration.between(since, clock.instant());
    }

    private void work(HeldLease held) {
        MDC.put("runId", held.runId().value());
        Pulse pulse = new Pulse(clock);
        Task mine = new Task(held, new Steering(), pulse);
        task = mine;
        if (stopping) {
            mine.steering().shutDown();
        }
        LOG.info(
                "run {}: attempt {} begins at step {}",
                held.runId(),
                held.attempt(),
                held.lease().step());
        try (Scope trace = TraceParent.context(held.lease().traceparent()).makeCurrent();
                LeaseKeeper keeper =
                        LeaseKeeper.keep(held, pulse, patience, terms.renewEvery(), metrics, this::hangs)) {
            Seen left = train(mine);
            metrics.ended(left.lease().standing().getClass().getSimpleName());
            LOG.info("run {}: {}", held.runId(), left.lease().standing());
            announce.announce(left);
        } catch (LeaseLostException e) {
            LOG.warn("{}; nothing is published", e.getMessage());
            metrics.failed(FailedAttempt.Kind.WORKER_LOST.name());
        } finally {
            task = null;
            hung = false;
            MDC.remove("runId");
        }
    }

    private Seen train(Task mine) throws LeaseLostException {
        HeldLease held = mine.held();
        try {
            return trainLora.train(held, mine.steering(), mine.pulse());
        } catch (RuntimeException | OutOfMemoryError e) {
            Trouble trouble = Trouble.of(e, held.lease());
            metrics.failed(trouble.kind());
            if (trouble instanceof Trouble.Ends ends) {
                LOG.warn("run {} fails: {}", held.runId(), ends.why().evidence());
                return Insist.until(held, () -> held.fail(ends.why()));
            }
            Trouble.MayPass passing = (Trouble.MayPass) trouble;
            LOG.error("run {}: attempt {} broke off", held.runId(), held.attempt(), e);
            return Insist.until(held, () -> held.retry(passing.how(), passing.what(), patience));
        }
    }

    private void hangs(Seen given) {
        hung = true;
        metrics.failed(FailedAttempt.Kind.STALLED.name());
        announce.announce(given);
    }

    private void pause() {
        try {
            Thread.sleep(AFTER_TROUBLE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }
}
