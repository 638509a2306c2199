package athanor.shell;

import athanor.contracts.json.Json;
import athanor.contracts.run.RunId;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Whose a run is. Said once, when it is opened, and the same ever after; of most suites nobody says it. */
@ApplicationScoped
public class RunTenants {

    /** For so long it is believed that nobody owns a run. */
    private static final Duration UNOWNED = Duration.ofMinutes(1);

    private static final int REMEMBERED = 10_000;

    private final ObjectStore store;
    private final Clock clock;
    private final Map<RunId, Known> known = new ConcurrentHashMap<>();

    private record Known(Optional<String> tenant, Instant asked) {}

    RunTenants(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Without asking the store; empty where it would have to be asked. */
    Optional<Optional<String>> known(RunId run) {
        Instant now = clock.instant();
        return Optional.ofNullable(known.get(run))
                .filter(there ->
                        there.tenant().isPresent() || now.isBefore(there.asked().plus(UNOWNED)))
                .map(Known::tenant);
    }

    /** Empty where nobody is said to own it. */
    public Optional<String> of(RunId run) {
        return known(run)
                .orElseGet(() -> remember(
                        run, store.find(ObjectKeys.tenant(run)).map(found -> Json.read(found.bytes(), String.class))));
    }

    /** Says whose a run is; the first word counts. */
    public void give(RunId run, String tenant) {
        store.putIfAbsent(ObjectKeys.tenant(run), Json.bytes(tenant), "application/json");
        known.remove(run);
        of(run);
    }

    private Optional<String> remember(RunId run, Optional<String> tenant) {
        if (known.size() >= REMEMBERED) {
            known.clear();
        }
        known.put(run, new Known(tenant, clock.instant()));
        return tenant;
    }
}
