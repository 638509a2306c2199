package athanor.contracts.rest;

import athanor.contracts.run.MemoryClass;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a worker is doing, for people.
 *
 * @param device {@code cpu}, or the card
 * @param serves memory classes whose queues it stands in
 * @param training absent while it waits
 * @param waiting runs that wait for any worker, by class
 */
public record WorkerView(
        String worker,
        String device,
        List<MemoryClass> serves,
        @Nullable Training training,
        Map<MemoryClass, Integer> waiting) {

    /**
     * @param step steps done at the last checkpoint
     * @param leaseUntil when others may take the run if this worker falls silent
     */
    public record Training(String run, String name, int attempt, int step, int totalSteps, Instant leaseUntil) {}
}
