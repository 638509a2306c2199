package athanor.sample;

import athanor.contracts.ObjectRef;
import athanor.contracts.json.Json;
import athanor.contracts.run.RunId;
import athanor.sample.request.RequestRefused;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Keeps pictures that somebody asked for. What a run's LoRA has drawn shows its subject, so it lies with the run and is erased
 * with it: with the first run whose LoRA took part, and the others have a list of what lies there.
 */
final class KeepRequested {

    private final ObjectStore store;
    private final Predicate<RunId> erased;

    /** @param erased whether somebody has wished a run gone */
    KeepRequested(ObjectStore store, Predicate<RunId> erased) {
        this.store = store;
        this.erased = erased;
    }

    /**
     * @param runs whose LoRAs took part
     * @param pngs by seed
     * @throws RequestRefused when a run was erased while its LoRA was drawing; nothing is kept then
     */
    Map<Long, ObjectRef> keep(List<RunId> runs, Map<Long, byte[]> pngs) {
        String requestId = UUID.randomUUID().toString();
        Map<Long, String> keys = new TreeMap<>();
        pngs.keySet().forEach(seed -> keys.put(seed, key(runs, requestId, seed + ".png")));
        runs.stream()
                .skip(1)
                .forEach(run -> store.put(
                        ObjectKeys.requestedElsewhere(run, requestId), Json.bytes(keys.values()), "application/json"));
        Map<Long, ObjectRef> kept = new TreeMap<>();
        keys.forEach(
                (seed, key) -> kept.put(seed, store.put(key, Objects.requireNonNull(pngs.get(seed)), "image/png")));
        // After they are stored: whoever erases looks at the store after the run is called erased.
        runs.stream().filter(erased).findFirst().ifPresent(gone -> {
            keys.values().forEach(store::delete);
            runs.forEach(run -> store.delete(ObjectKeys.requestedElsewhere(run, requestId)));
            throw new RequestRefused("run %s was erased while its LoRA was drawing; nothing was kept".formatted(gone));
        });
        return kept;
    }

    private static String key(List<RunId> runs, String requestId, String file) {
        return runs.isEmpty()
                ? ObjectKeys.requestedSample(requestId, file)
                : ObjectKeys.requestedSample(runs.get(0), requestId, file);
    }
}
