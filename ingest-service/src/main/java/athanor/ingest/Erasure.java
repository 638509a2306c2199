package athanor.ingest;

import athanor.contracts.run.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A run that somebody wants gone, as it is noted in the store before anything is deleted.
 *
 * @param wasLive whether services may have been at work on it and may write a little more
 * @param keys of all objects that were found so far, whether they are deleted already or not
 */
record Erasure(RunId runId, Instant requestedAt, boolean wasLive, List<String> keys) {

    Erasure {
        keys = List.copyOf(keys);
    }

    static Erasure of(RunId run, Instant at, boolean live) {
        return new Erasure(run, at, live, List.of());
    }

    Erasure with(List<String> found) {
        Set<String> all = new TreeSet<>(keys);
        all.addAll(found);
        return new Erasure(runId, requestedAt, wasLive, List.copyOf(all));
    }
}
