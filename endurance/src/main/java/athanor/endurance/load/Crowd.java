package athanor.endurance.load;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.PreparedDataset;
import athanor.contracts.dataset.TrainingPlan;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.json.Json;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunId;
import athanor.endurance.Events;
import athanor.endurance.SimulatedTrainings;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.train.WorkerRules;
import athanor.train.lease.Lease;
import athanor.train.lease.LeaseTerms;
import athanor.train.lease.Leases;
import athanor.train.lease.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The queue and those who stand before it. */
final class Crowd implements AutoCloseable {

    /** As train-service has them by default. */
    static final WorkerRules DEFAULT_RULES = new WorkerRules(
            new LeaseTerms(Duration.ofSeconds(16), Duration.ofSeconds(4), Duration.ofSeconds(30)),
            new RetryPolicy(3, 5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1));

    private static final Size AREA = new Size(64, 64);
    private static final int AT_ONCE = 1000;

    private final LoadPlan plan;
    private final Events events;
    private final ObjectStore store;
    private final Leases leases;
    private final SimulatedTrainings trainings = new SimulatedTrainings(LoadPlan.STEP, (run, number) -> {});
    private final List<LoadedWorker> workers = new ArrayList<>();

    Crowd(LoadPlan plan, WorkerRules rules, String bootstrapServers, ObjectStore store, ObjectStore nowhere) {
        this.plan = plan;
        this.store = store;
        this.events = new Events(bootstrapServers);
        this.leases = new Leases(store, "onlooker");
        for (int i = 1; i <= plan.workers(); i++) {
            WatchedStore watched = new WatchedStore(store, nowhere);
            workers.add(new LoadedWorker("worker-" + i, rules, bootstrapServers, watched, events, trainings));
        }
    }

    void queueRuns() {
        Random random = new Random(1);
        Recipe recipe = Recipe.defaults("tiny", "woman")
                .with("training.steps", String.valueOf(plan.stepsOfARun()))
                .with("training.checkpointEverySteps", String.valueOf(Math.max(1, plan.stepsOfARun() / 3)));
        ObjectRef dataset = aDataset(RunId.fresh("dataset", random));
        List<DatasetPrepared> queued = new ArrayList<>();
        for (int i = 0; i < plan.runs(); i++) {
            RunId run = RunId.fresh("load", random);
            queued.add(new DatasetPrepared(run, "load", dataset, MemoryClass.CPU, 1, recipe, Instant.now()));
            if (queued.size() == AT_ONCE || i == plan.runs() - 1) {
                events.sendAll(queued, "preprocess/prepared");
                queued.clear();
            }
        }
    }

    private ObjectRef aDataset(RunId run) {
        PreparedDataset dataset =
                new PreparedDataset(run, new TrainingPlan(AREA, List.of(), List.of()), List.of(), List.of());
        return store.put(ObjectKeys.preparedDataset(run), Json.bytes(dataset), "application/json");
    }

    void start() {
        workers.forEach(LoadedWorker::start);
    }

    List<LoadedWorker> workers() {
        return workers;
    }

    Duration trained() {
        return trainings.trained();
    }

    Optional<Lease> lease(RunId run) {
        return leases.find(run).map(found -> found.lease());
    }

    @Override
    public void close() throws InterruptedException {
        List<Thread> farewells = new ArrayList<>();
        for (LoadedWorker worker : workers) {
            worker.cutOffNow();
            Thread farewell = new Thread(() -> stop(worker));
            farewell.start();
            farewells.add(farewell);
        }
        for (Thread farewell : farewells) {
            farewell.join();
        }
        events.close();
    }

    private static void stop(LoadedWorker worker) {
        try {
            worker.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
