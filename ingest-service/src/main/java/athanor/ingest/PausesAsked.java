package athanor.ingest;

import athanor.contracts.run.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Pauses that were asked for here: until the training has heard of one, its run is told to be training, and who changes their
 * mind in that second shall not be refused.
 */
@ApplicationScoped
class PausesAsked {

    /** No step takes so long, and before the next step the training has heard of it. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);

    private final Map<RunId, Instant> asked = new ConcurrentHashMap<>();

    void asked(RunId run, Instant at) {
        asked.values().removeIf(earlier -> earlier.isBefore(at.minus(FORGOTTEN_AFTER)));
        asked.put(run, at);
    }

    void takenBack(RunId run) {
        asked.remove(run);
    }

    /** When the pause was asked for that is still to come. */
    Optional<Instant> underWay(RunCard card) {
        return Optional.ofNullable(asked.get(card.runId())).filter(at -> at.isAfter(card.since()));
    }
}
