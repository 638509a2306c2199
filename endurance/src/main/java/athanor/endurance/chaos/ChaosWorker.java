package athanor.endurance.chaos;

import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunId;
import athanor.endurance.Events;
import athanor.endurance.SimulatedTrainings;
import athanor.store.MinioObjectStore;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.train.Surroundings;
import athanor.train.WorkerRules;
import athanor.train.WorkerUnit;
import athanor.train.lease.LeaseTerms;
import athanor.train.lease.RetryPolicy;
import athanor.train.publish.TrainMetrics;
import athanor.train.queue.Broker;
import athanor.train.queue.QueueRecords;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/** A worker as a process of its own, all but its computing and its REST. It ends with its standard input. */
final class ChaosWorker {

    /** As by default, only quicker: a seed shall not take minutes. */
    private static final WorkerRules RULES = new WorkerRules(
            new LeaseTerms(Duration.ofSeconds(4), Duration.ofSeconds(1), Duration.ofSeconds(30)),
            new RetryPolicy(3, 5),
            Duration.ofMillis(500),
            Duration.ofSeconds(3),
            Duration.ofSeconds(1));

    static final Duration STEP = Duration.ofMillis(20);

    private ChaosWorker() {}

    /** @param arguments its name, broker, store, the store's two keys */
    public static void main(String[] arguments) throws IOException {
        ObjectStore store =
                new MinioObjectStore(arguments[2], arguments[3], arguments[4], ChaosStack.BUCKET, "us-east-1");
        Events events = new Events(arguments[1]);
        SimulatedTrainings trainings = new SimulatedTrainings(
                STEP,
                (run, step) ->
                        System.out.println(new StepLine(System.currentTimeMillis(), run.runId(), run.attempt(), step)));
        WorkerUnit unit = new WorkerUnit(
                arguments[0],
                Set.of(MemoryClass.CPU),
                RULES,
                new Surroundings(
                        Broker.at(arguments[1]),
                        store,
                        (event, stage, sequence) -> events.publish(store, event, stage, sequence),
                        new QueueRecords((record, reason) -> System.out.println("dead letter: " + reason)),
                        run -> hasEnded(store, run),
                        run -> hasEnded(store, run)),
                trainings,
                new TrainMetrics(new SimpleMeterRegistry()));
        unit.start();
        while (System.in.read() >= 0) {
            // nothing is said here; its end is what counts
        }
        Runtime.getRuntime().halt(0);
    }

    private static boolean hasEnded(ObjectStore store, RunId run) {
        return store.find(ObjectKeys.ending(run)).isPresent();
    }
}
