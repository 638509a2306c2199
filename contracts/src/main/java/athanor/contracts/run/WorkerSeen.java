package athanor.contracts.run;

import athanor.contracts.Check;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sign of life of a train worker: an object that it writes again every few seconds. No event, because only the latest
 * counts. It lets ingest-service say why a run waits, and preprocess-service refuse what no living worker can hold.
 *
 * @param serves the queues that it takes runs from
 * @param trains the run in its hands; absent while it is idle
 * @param memory what it trains in; absent where a worker of an earlier version does not say
 * @param at by the worker's clock
 */
public record WorkerSeen(
        String worker,
        List<MemoryClass> serves,
        @Nullable RunId trains,
        @Nullable Memory memory,
        Instant at) {

    /** A sign of life lasts so long: workers give one every ten seconds, and their clocks may differ a little. */
    private static final Duration LASTS = Duration.ofSeconds(60);

    public WorkerSeen {
        Check.text(worker, "worker");
        serves = List.copyOf(Check.present(serves, "serves"));
        Check.present(at, "at");
    }

    public boolean aliveAt(Instant now) {
        return at.plus(LASTS).isAfter(now);
    }

    /**
     * The memory that a worker trains in, and how much it makes of it.
     *
     * @param bytes of the card, or of the machine where it trains on a processor
     * @param bytesPerNumber of the format that its networks compute in
     * @param recomputes whether the insides of the networks are computed twice instead of being kept
     */
    public record Memory(long bytes, int bytesPerNumber, boolean recomputes) {

        public Memory {
            Check.that(bytes > 0, "memory.bytes must be more than 0, got %d", bytes);
            Check.within(1, 8, bytesPerNumber, "memory.bytesPerNumber");
        }
    }
}
