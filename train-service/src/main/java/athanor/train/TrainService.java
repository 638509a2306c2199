package athanor.train;

import athanor.contracts.events.RunCommand;
import athanor.contracts.rest.WorkerView;
import athanor.contracts.run.MemoryClass;
import athanor.diffusion.model.BaseModels;
import athanor.diffusion.program.TorchExit;
import athanor.shell.DeadLetters;
import athanor.shell.EventPublisher;
import athanor.shell.RunEndings;
import athanor.shell.TraceParent;
import athanor.store.ObjectStore;
import athanor.train.dreambooth.DreamBoothTrainerFactory;
import athanor.train.lease.Checkpoints;
import athanor.train.lease.Lease;
import athanor.train.lease.LeaseState;
import athanor.train.lease.LeaseTerms;
import athanor.train.lease.LeaseWatch;
import athanor.train.lease.Leases;
import athanor.train.lease.RetryPolicy;
import athanor.train.publish.Announcer;
import athanor.train.publish.BestEffortPublisher;
import athanor.train.publish.TrainEvents;
import athanor.train.publish.TrainMetrics;
import athanor.train.queue.QueueLog;
import athanor.train.queue.QueueRecords;
import athanor.train.reconcile.ApplyCommand;
import athanor.train.reconcile.Reconciler;
import athanor.train.reconcile.ScheduledReconciler;
import athanor.train.training.TrainLora;
import athanor.train.training.TrainerFactory;
import athanor.train.worker.Worker;
import athanor.train.worker.WorkerHeartbeat;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Puts a worker and its reconciler together, starts them with the service and stops them with it. */
@ApplicationScoped
class TrainService {

    private static final Logger LOG = Logger.getLogger(TrainService.class);
    /** Before the channels close: a run that is let go has to be put back on the queue. */
    private static final int FIRST = 1;
    /** Time to finish a step and save. Who does not manage, because the broker is away or a step is long, loses the lease. */
    private static final Duration FAREWELL = Duration.ofSeconds(8);
    /** Requests end first, then the training. */
    private static final Duration LAST_STEP = FAREWELL.plusSeconds(12);

    private final Clock clock = new SteadyClock();
    private final Accelerator accelerator;
    private final BestEffortPublisher progress = new BestEffortPublisher();
    private final Worker worker;
    private final ApplyCommand applyCommand;
    private final ScheduledReconciler reconciler;
    private final WorkerHeartbeat heartbeat;
    private final Thread thread;

    TrainService(
            TrainSettings settings,
            ObjectStore store,
            EventPublisher publisher,
            DeadLetters deadLetters,
            RunEndings endings,
            MeterRegistry registry,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            @ConfigProperty(name = "athanor.base-models") Optional<String> baseModels,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        String id = WorkerName.of(settings.workerName(), port);
        this.accelerator = Accelerator.detect(settings.processorType()).withRecompute(settings.recompute());
        Set<MemoryClass> serves = ServedClasses.of(settings.serves(), accelerator.memoryBytes());
        LeaseTerms terms = new LeaseTerms(
                settings.lease().timeToLive(),
                settings.lease().renewEvery(),
                settings.lease().clockSkew());
        RetryPolicy retryPolicy = new RetryPolicy(
                settings.patience().attempts(), settings.patience().attemptsOnOneWorker());
        TrainMetrics metrics = new TrainMetrics(registry);
        TrainEvents events = new TrainEvents(publisher::publish);
        Leases leases = new Leases(store, id + "/" + UUID.randomUUID());
        Checkpoints checkpoints = new Checkpoints(store, clock);
        Announcer announcer = new Announcer(store, leases, checkpoints, events, TraceParent::context, clock);
        TrainerFactory trainers =
                new DreamBoothTrainerFactory(BaseModels.of(baseModels.orElse("")), store, accelerator.options());
        TrainLora trainLora = new TrainLora(
                store, trainers, checkpoints, events, progress, metrics, id, settings.progressEvery(), clock);
        QueueRecords records = new QueueRecords((record, reason) -> deadLetters.put(record, reason, null));
        this.worker = new Worker(
                id,
                serves,
                bootstrapServers,
                records,
                leases,
                terms,
                retryPolicy,
                trainLora,
                announcer,
                endings::isOver,
                run -> endings.erasedAt(run).isPresent(),
                metrics,
                clock);
        this.heartbeat = new WorkerHeartbeat(store, worker, accelerator.memory(), clock);
        this.applyCommand = new ApplyCommand(leases, announcer, worker::offer, clock);
        LeaseWatch watch = new LeaseWatch(clock, terms);
        this.reconciler = new ScheduledReconciler(
                () -> QueueLog.open(bootstrapServers, id),
                log -> new Reconciler(
                        log,
                        leases,
                        watch,
                        retryPolicy,
                        settings.offerAgainAfter(),
                        announcer,
                        applyCommand,
                        worker::idleFor,
                        run -> endings.erasedAt(run).isPresent(),
                        clock),
                settings.sweepEvery());
        metrics.watch(worker::busy, reconciler::waiting);
        this.thread = new Thread(worker, "worker");
        thread.setDaemon(true);
    }

    void start(@Observes StartupEvent started) {
        TorchExit.allowToFinish(LAST_STEP);
        LOG.infof("Worker %s trains on %s and serves %s", worker.id(), accelerator.name(), worker.serves());
        thread.start();
        reconciler.start();
        heartbeat.start();
    }

    void stop(@Observes @Priority(FIRST) ShutdownEvent stopped) throws InterruptedException {
        worker.stop();
        heartbeat.stop();
        thread.join(FAREWELL.toMillis());
        reconciler.stop();
        progress.close();
    }

    void apply(RunCommand command) {
        applyCommand.apply(command);
    }

    /** Whether the threads live and no training hangs. */
    boolean alive() {
        return thread.isAlive() && reconciler.alive() && !worker.hung();
    }

    WorkerView view() {
        Map<MemoryClass, Integer> waiting = new EnumMap<>(MemoryClass.class);
        for (MemoryClass memoryClass : MemoryClass.values()) {
            int runs = reconciler.waiting(memoryClass);
            if (runs > 0) {
                waiting.put(memoryClass, runs);
            }
        }
        return new WorkerView(
                worker.id(),
                accelerator.name(),
                new ArrayList<>(worker.serves()),
                worker.holds().map(TrainService::view).orElse(null),
                waiting);
    }

    private static WorkerView.Training view(Lease lease) {
        return new WorkerView.Training(
                lease.runId().value(),
                lease.prepared().name(),
                lease.attempt(),
                lease.step(),
                lease.prepared().recipe().training().steps(),
                lease.state() instanceof LeaseState.Held held
                        ? held.expiresAt()
                        : lease.state().since());
    }
}
