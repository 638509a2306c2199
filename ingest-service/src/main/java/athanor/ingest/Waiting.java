package athanor.ingest;

import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunId;
import athanor.contracts.run.WorkerSeen;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says why a run waits in a training queue. */
final class Waiting {

    private Waiting() {}

    /**
     * @param run the one that waits
     * @param needs its class
     * @param workers that gave a sign of life lately
     * @param behind runs that wait for the same workers and have waited longer
     * @return nothing when an idle worker is there that will take it
     */
    static Optional<String> sentence(RunId run, MemoryClass needs, List<WorkerSeen> workers, List<RunId> behind) {
        List<WorkerSeen> fitting = workers.stream()
                .filter(worker -> worker.serves().contains(needs))
                .toList();
        if (fitting.isEmpty()) {
            return Optional.of(nobody(needs, workers));
        }
        // A worker that has taken the run says so a moment before the run does.
        boolean allBusy = fitting.stream().allMatch(worker -> worker.trains() != null && !run.equals(worker.trains()));
        return allBusy ? Optional.of(inLine(fitting, behind)) : Optional.empty();
    }

    private static String inLine(List<WorkerSeen> busy, List<RunId> behind) {
        String trained = busy.stream()
                .map(worker -> "run %s, which %s trains".formatted(worker.trains(), worker.worker()))
                .collect(Collectors.joining(busy.size() == 2 ? " or " : ", "));
        return behind.isEmpty()
                ? "waits behind " + trained
                : "waits behind %s, and behind %d that wait%s longer: %s"
                        .formatted(
                                trained,
                                behind.size(),
                                behind.size() == 1 ? "s" : "",
                                behind.stream().map(RunId::value).collect(Collectors.joining(", ")));
    }

    private static String nobody(MemoryClass needs, List<WorkerSeen> workers) {
        if (workers.isEmpty()) {
            return "waits for a worker of memory class %s, and no train-service is running; start one"
                    .formatted(needs.topicSuffix());
        }
        String there = workers.stream()
                .map(worker -> "%s serves %s".formatted(worker.worker(), names(worker.serves())))
                .collect(Collectors.joining(", "));
        return ("waits for a worker of memory class %1$s, which no train-service serves (%2$s); start one %3$s, or"
                        + " cancel the run, set athanor.preprocess.memory-class of preprocess-service to a class that is served"
                        + " and start it anew")
                .formatted(
                        needs.topicSuffix(),
                        there,
                        needs == MemoryClass.CPU
                                ? "with athanor.train.serves=cpu"
                                : "on a card with %s GiB, or with athanor.train.serves=%s"
                                        .formatted(needs.name().substring(1), needs.topicSuffix()));
    }

    private static String names(List<MemoryClass> classes) {
        return classes.stream().map(MemoryClass::topicSuffix).collect(Collectors.joining(" and "));
    }
}
