package athanor.endurance.chaos;

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
import athanor.store.ObjectKeys;
import athanor.store.StoreException;
import athanor.train.lease.Lease;
import athanor.train.lease.LeaseState;
import athanor.train.lease.Leases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Some runs, some workers and the accidents of one seed; then it waits until every run is over, and looks. */
final class TrySeed {

    static final int STEPS = 350;
    private static final int CHECKPOINT_EVERY = 50;
    private static final int RUNS = 5;
    private static final int WORKERS = 3;
    private static final int ACCIDENTS = 5;
    private static final Duration GLANCE = Duration.ofMillis(200);
    /** Everything is well again for so long, and a run is not over: it never will be. */
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final ChaosStack.Servers servers;

    TrySeed(ChaosStack.Servers servers) {
        this.servers = servers;
    }

    SeedResult run(long seed) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("athanor-chaos-" + seed + "-");
        long begin = System.nanoTime();
        List<Accident> accidents = Accident.ofSeed(seed, ACCIDENTS, WORKERS);
        SeedResult result;
        try (ChaosStack stack = ChaosStack.start(servers, folder, WORKERS)) {
            List<DatasetPrepared> runs = queue(stack, seed);
            waitUntilAllTrain(stack, runs);
            LetItHappen happening = new LetItHappen(stack, accidents);
            while (!happening.over()) {
                happening.lookAtTheClock();
                Thread.sleep(GLANCE.toMillis());
            }
            Idleness idleness = new Idleness(WORKERS);
            List<Lease> leases = waitForTheEnd(stack, runs, happening, idleness);
            result = new LookAtTheEnd(stack, seed, accidents).of(runs, leases, idleness.broken(), begin);
        }
        if (result.broken().isEmpty()) {
            delete(folder);
        }
        return result;
    }

    /** An accident that befalls somebody who does nothing is none. */
    private static void waitUntilAllTrain(ChaosStack stack, List<DatasetPrepared> runs) throws InterruptedException {
        Leases leases = new Leases(stack.objects, "onlooker");
        long end = System.nanoTime() + LONGEST.toNanos();
        while (held(leases, runs) < WORKERS && System.nanoTime() < end) {
            Thread.sleep(GLANCE.toMillis());
        }
    }

    private static long held(Leases leases, List<DatasetPrepared> runs) {
        return runs.stream()
                .flatMap(run -> find(leases, run.runId()).stream())
                .filter(lease -> lease.state() instanceof LeaseState.Held)
                .count();
    }

    private static List<DatasetPrepared> queue(ChaosStack stack, long seed) {
        Random random = new Random(seed);
        List<DatasetPrepared> runs = new ArrayList<>();
        Recipe recipe = Recipe.defaults("tiny", "woman")
                .with("training.steps", String.valueOf(STEPS))
                .with("training.checkpointEverySteps", String.valueOf(CHECKPOINT_EVERY));
        for (int i = 1; i <= RUNS; i++) {
            RunId run = RunId.fresh("chaos-" + i, random);
            PreparedDataset dataset = new PreparedDataset(
                    run, new TrainingPlan(new Size(64, 64), List.of(), List.of()), List.of(), List.of());
            ObjectRef prepared =
                    stack.objects.put(ObjectKeys.preparedDataset(run), Json.bytes(dataset), "application/json");
            runs.add(new DatasetPrepared(run, "chaos", prepared, MemoryClass.CPU, 1, recipe, Instant.now()));
        }
        try (Events events = new Events(stack.bootstrapServers)) {
            events.sendAll(runs, "preprocess/prepared");
        }
        return runs;
    }

    private static List<Lease> waitForTheEnd(
            ChaosStack stack, List<DatasetPrepared> runs, LetItHappen happening, Idleness idleness)
            throws IOException, InterruptedException {
        Leases leases = new Leases(stack.objects, "onlooker");
        long end = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            happening.lookAtTheClock();
            List<Lease> now = runs.stream()
                    .flatMap(run -> find(leases, run.runId()).stream())
                    .toList();
            idleness.look(runs, now);
            boolean over = now.size() == runs.size()
                    && now.stream().allMatch(lease -> lease.state().over() && lease.announced());
            if (over || System.nanoTime() > end) {
                return now;
            }
            Thread.sleep(GLANCE.toMillis());
        }
    }

    private static Optional<Lease> find(Leases leases, RunId run) {
        try {
            return leases.find(run)
                    .map(found -> found.lease())
                    .filter(lease -> !(lease.state() instanceof LeaseState.Paused));
        } catch (StoreException stillStarting) {
            return Optional.empty();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
