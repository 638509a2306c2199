package athanor.console.run;

import athanor.contracts.rest.WorkerView;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Who holds a run.
 *
 * @param until when another worker may take it, if this one falls silent
 */
public record Held(String worker, int attempt, Instant until) {

    static Map<String, Held> by(Optional<WorkerView> worker) {
        WorkerView.Training training = worker.map(WorkerView::training).orElse(null);
        return training == null
                ? Map.of()
                : Map.of(training.run(), new Held(worker.get().worker(), training.attempt(), training.leaseUntil()));
    }
}
