package athanor.ingest;

import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunId;
import athanor.contracts.run.WorkerSeen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who waits behind whom, and for how long. Which worker takes which run nobody decides beforehand, so this plays it through: the
 * run that has waited longest gets the worker that is free first.
 */
final class WaitingLine {

    private final List<WorkerSeen> workers;
    private final Map<String, Double> freeIn = new HashMap<>();
    private final List<Waiter> before = new ArrayList<>();

    /**
     * @param workers that gave a sign of life lately
     * @param secondsLeft of a run that trains; null where it is not known
     */
    WaitingLine(List<WorkerSeen> workers, Function<RunId, @Nullable Double> secondsLeft) {
        this.workers = workers;
        for (WorkerSeen worker : workers) {
            RunId trains = worker.trains();
            freeIn.put(worker.worker(), trains == null ? Double.valueOf(0) : known(secondsLeft.apply(trains)));
        }
    }

    /** @param trainingSeconds that it will take; null where it is not known */
    record Waiter(RunId run, MemoryClass needs, @Nullable Double trainingSeconds) {}

    /**
     * @param behind runs that wait too and have waited longer
     * @param seconds until a worker is free; null where it is not known
     */
    record Place(List<RunId> behind, @Nullable Double seconds) {}

    /** The place of the next run; to be asked in the order in which the runs began to wait. */
    Place next(Waiter run) {
        List<RunId> behind = before.stream()
                .filter(earlier -> workers.stream().anyMatch(worker -> serves(worker, run) && serves(worker, earlier)))
                .map(Waiter::run)
                .toList();
        before.add(run);
        return workers.stream()
                .filter(worker -> serves(worker, run))
                .filter(worker -> !run.run().equals(worker.trains()))
                .map(WorkerSeen::worker)
                .min(Comparator.comparing(this::free))
                .map(worker -> {
                    double begin = free(worker);
                    freeIn.put(worker, begin + known(run.trainingSeconds()));
                    return new Place(behind, Double.isFinite(begin) ? begin : null);
                })
                .orElse(new Place(behind, null));
    }

    private double free(String worker) {
        return freeIn.getOrDefault(worker, 0.0);
    }

    private static boolean serves(WorkerSeen worker, Waiter run) {
        return worker.serves().contains(run.needs());
    }

    /** What is not known takes for ever: whoever comes behind it does not know either. */
    private static double known(@Nullable Double seconds) {
        return seconds == null ? Double.POSITIVE_INFINITY : seconds;
    }
}
