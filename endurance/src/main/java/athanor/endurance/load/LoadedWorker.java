package athanor.endurance.load;

import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunId;
import athanor.endurance.Events;
import athanor.endurance.SimulatedTrainings;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.train.Surroundings;
import athanor.train.WorkerRules;
import athanor.train.WorkerUnit;
import athanor.train.lease.Lease;
import athanor.train.publish.TrainMetrics;
import athanor.train.queue.Broker;
import athanor.train.queue.QueueRecords;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** A worker as a service has it, all but its computing. */
final class LoadedWorker {

    private final WatchedStore watched;
    private final WorkerUnit unit;

    LoadedWorker(
            String name,
            WorkerRules rules,
            String bootstrapServers,
            WatchedStore watched,
            Events events,
            SimulatedTrainings trainings) {
        this.watched = watched;
        ObjectStore store = watched.asStore();
        Surroundings around = new Surroundings(
                Broker.at(bootstrapServers),
                store,
                (event, stage, sequence) -> {
                    if (watched.isCut()) {
                        throw new IllegalStateException("this worker is cut off");
                    }
                    events.publish(store, event, stage, sequence);
                },
                new QueueRecords((record, reason) -> {
                    throw new IllegalStateException("a record of this queue cannot be read: " + reason);
                }),
                run -> hasEnded(store, run),
                run -> hasEnded(store, run));
        this.unit = new WorkerUnit(
                name, Set.of(MemoryClass.CPU), rules, around, trainings, new TrainMetrics(new SimpleMeterRegistry()));
    }

    private static boolean hasEnded(ObjectStore store, RunId run) {
        return store.find(ObjectKeys.ending(run)).isPresent();
    }

    void start() {
        unit.start();
    }

    /** The run in hand. */
    Optional<Lease> holds() {
        return unit.worker().holds();
    }

    boolean cutOff() {
        return watched.isCut();
    }

    /** It falls silent as one that was killed. */
    void cutOffNow() {
        watched.cut();
    }

    long requests() {
        return watched.requests();
    }

    int waiting() {
        return unit.waiting(MemoryClass.CPU);
    }

    void stop() throws InterruptedException {
        unit.stop(Duration.ofSeconds(1));
    }
}
