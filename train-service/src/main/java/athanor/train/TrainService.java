package athanor.train;

import athanor.contracts.events.RunCommand;
import athanor.contracts.rest.WorkerView;
import athanor.contracts.run.MemoryClass;
import athanor.diffusion.model.BaseModels;
import athanor.diffusion.program.TorchExit;
import athanor.shell.DeadLetters;
import athanor.shell.EventPublisher;
import athanor.shell.RunEndings;
import athanor.store.ObjectStore;
import athanor.train.dreambooth.DreamBoothTrainerFactory;
import athanor.train.lease.Lease;
import athanor.train.lease.LeaseState;
import athanor.train.publish.TrainMetrics;
import athanor.train.queue.Broker;
import athanor.train.queue.QueueRecords;
import athanor.train.worker.Worker;
import athanor.train.worker.WorkerHeartbeat;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Gives a worker what the service has, starts it with the service and stops it with it. */
@ApplicationScoped
class TrainService {

    private static final Logger LOG = Logger.getLogger(TrainService.class);
    /** Before the channels close: a run that is let go has to be put back on the queue. */
    private static final int FIRST = 1;
    /** Time to finish a step and save. Who does not manage, because the broker is away or a step is long, loses the lease. */
    private static final Duration FAREWELL = Duration.ofSeconds(8);
    /** Requests end first, then the training. */
    private static final Duration LAST_STEP = FAREWELL.plusSeconds(12);

    private final Accelerator accelerator;
    private final WorkerUnit unit;
    private final Worker worker;
    private final WorkerHeartbeat heartbeat;

    TrainService(
            TrainSettings settings,
            ObjectStore store,
            EventPublisher publisher,
            DeadLetters deadLetters,
            RunEndings endings,
            MeterRegistry registry,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "athanor.base-models") Optional<String> baseModels,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        this.accelerator = Accelerator.detect(settings.processorType()).withRecompute(settings.recompute());
        Surroundings around = new Surroundings(
                Broker.of(kafka),
                store,
                publisher::publish,
                new QueueRecords((record, reason) -> deadLetters.put(record, reason, null)),
                endings::isOver,
                run -> endings.erasedAt(run).isPresent());
        this.unit = new WorkerUnit(
                WorkerName.of(settings.workerName(), port),
                ServedClasses.of(settings.serves(), accelerator.memoryBytes()),
                WorkerRules.of(settings),
                around,
                new DreamBoothTrainerFactory(BaseModels.of(baseModels.orElse("")), store, accelerator.options()),
                new TrainMetrics(registry));
        this.worker = unit.worker();
        this.heartbeat = new WorkerHeartbeat(store, worker, accelerator.memory(), Clock.systemUTC());
    }

    void start(@Observes StartupEvent started) {
        TorchExit.allowToFinish(LAST_STEP);
        LOG.infof("Worker %s trains on %s and serves %s", worker.id(), accelerator.name(), worker.serves());
        unit.start();
        heartbeat.start();
    }

    void stop(@Observes @Priority(FIRST) ShutdownEvent stopped) throws InterruptedException {
        heartbeat.stop();
        unit.stop(FAREWELL);
    }

    void apply(RunCommand command) {
        unit.apply(command);
    }

    /** Whether the threads live and no training hangs. */
    boolean alive() {
        return unit.alive();
    }

    WorkerView view() {
        Map<MemoryClass, Integer> waiting = new EnumMap<>(MemoryClass.class);
        for (MemoryClass memoryClass : MemoryClass.values()) {
            int runs = unit.waiting(memoryClass);
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
