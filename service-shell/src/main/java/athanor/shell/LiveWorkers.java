package athanor.shell;

import athanor.contracts.json.Json;
import athanor.contracts.json.JsonException;
import athanor.contracts.run.WorkerSeen;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The train workers that gave a sign of life lately. */
@ApplicationScoped
public class LiveWorkers {

    private static final Logger LOG = Logger.getLogger(LiveWorkers.class);

    private final ObjectStore store;
    private final Clock clock;

    LiveWorkers(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    public List<WorkerSeen> all() {
        Instant now = clock.instant();
        return store.list(ObjectKeys.workers()).stream()
                .flatMap(this::readable)
                .filter(worker -> worker.aliveAt(now))
                .toList();
    }

    /** What cannot be read, because it is damaged or of a later version, is no reason to leave the others unseen. */
    private Stream<WorkerSeen> readable(String key) {
        try {
            Optional<WorkerSeen> seen = store.find(key).map(found -> Json.read(found.bytes(), WorkerSeen.class));
            return seen.stream();
        } catch (JsonException e) {
            LOG.debugf("%s is passed over: %s", key, e.getMessage());
            return Stream.empty();
        }
    }
}
