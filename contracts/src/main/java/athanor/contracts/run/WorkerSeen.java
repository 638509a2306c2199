package athanor.contracts.run;

import athanor.contracts.Check;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sign of life of a train worker: an object that it writes again every few seconds. No event, because only the latest
 * counts; it drives nothing and lets ingest-service say why a run waits.
 *
 * @param serves the queues that it takes runs from
 * @param trains the run in its hands; absent while it is idle
 * @param at by the worker's clock
 */
public record WorkerSeen(
        String worker, List<MemoryClass> serves, @Nullable RunId trains, Instant at) {

    public WorkerSeen {
        Check.text(worker, "worker");
        serves = List.copyOf(Check.present(serves, "serves"));
        Check.present(at, "at");
    }
}
