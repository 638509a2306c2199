package athanor.endurance.chaos;

import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.run.RunId;
import athanor.train.lease.Lease;
import athanor.train.lease.LeaseState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Sees whether a run waits although a worker that could train it has nothing to do, once all is well again. */
final class Idleness {

    /** A worker may just be starting, a lease run out, a record be offered again; on a busy machine all of it slowly. */
    private static final Duration EXCUSABLE = Duration.ofSeconds(45);

    private final int workers;
    private final Map<RunId, Long> since = new HashMap<>();
    private final Set<RunId> tooLong = new HashSet<>();

    Idleness(int workers) {
        this.workers = workers;
    }

    void look(List<DatasetPrepared> runs, List<Lease> leases) {
        long now = System.nanoTime();
        Map<RunId, Lease> known = leases.stream().collect(Collectors.toMap(Lease::runId, lease -> lease));
        long held = leases.stream()
                .filter(lease -> lease.state() instanceof LeaseState.Held)
                .count();
        for (DatasetPrepared run : runs) {
            Lease lease = known.get(run.runId());
            boolean waits = lease == null || lease.state() instanceof LeaseState.Queued;
            if (!waits || held >= workers) {
                since.remove(run.runId());
            } else if (now - since.computeIfAbsent(run.runId(), any -> now) > EXCUSABLE.toNanos()) {
                tooLong.add(run.runId());
            }
        }
    }

    List<String> broken() {
        List<String> sentences = new ArrayList<>();
        for (RunId run : tooLong) {
            sentences.add(
                    "run %s waited for more than %d s while a worker was idle".formatted(run, EXCUSABLE.toSeconds()));
        }
        return sentences;
    }
}
