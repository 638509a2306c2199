package athanor.ingest;

import athanor.contracts.run.RunId;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How many uploads a run has. Every upload asks, and listing them all each time would make the four-hundredth cost more than the
 * first; so they are remembered, and listed again now and then, because other processes take pictures too.
 */
final class UploadCount {

    private static final Duration BELIEVED = Duration.ofMinutes(1);
    private static final int MOST_RUNS = 100;

    private final ObjectStore store;
    private final Clock clock;

    @SuppressWarnings("serial") // never serialised
    private final Map<RunId, Known> runs = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<RunId, Known> eldest) {
            return size() > MOST_RUNS;
        }
    };

    private record Known(Set<String> verdicts, Instant listedAt) {}

    UploadCount(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** @param verdict key of the upload that is not counted */
    synchronized long others(RunId run, String verdict) {
        Known known = runs.get(run);
        if (known == null || known.listedAt().plus(BELIEVED).isBefore(clock.instant())) {
            known = new Known(new HashSet<>(store.list(ObjectKeys.verdicts(run))), clock.instant());
            runs.put(run, known);
        }
        return known.verdicts().size() - (known.verdicts().contains(verdict) ? 1 : 0);
    }

    synchronized void add(RunId run, String verdict) {
        Known known = runs.get(run);
        if (known != null) {
            known.verdicts().add(verdict);
        }
    }
}
