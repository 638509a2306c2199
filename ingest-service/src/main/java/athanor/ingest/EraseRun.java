package athanor.ingest;

import athanor.contracts.events.ClassPicturesRendered;
import athanor.contracts.events.RunErased;
import athanor.contracts.json.Json;
import athanor.contracts.json.JsonException;
import athanor.contracts.run.RunId;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Deletes everything that the store has of a run: pass after pass, until one finds nothing. What a pass found is noted before it
 * is deleted, so a pass that was interrupted is made again, and nothing is counted twice. The run's end is the only thing that
 * stays; it says that the run was erased, so that no event which comes late brings it back.
 */
@ApplicationScoped
class EraseRun {

    private final ObjectStore store;
    private final Duration quiet;
    private final Clock clock;

    @Inject
    EraseRun(ObjectStore store, IngestSettings settings, Clock clock) {
        this(store, settings.quietAfterErasing(), clock);
    }

    /** @param quiet how long services may still write something of a run that was live */
    EraseRun(ObjectStore store, Duration quiet, Clock clock) {
        this.store = store;
        this.quiet = quiet;
        this.clock = clock;
    }

    /** Notes the wish; a second one changes nothing. */
    void wish(Erasure erasure) {
        store.putIfAbsent(ObjectKeys.erasure(erasure.runId()), Json.bytes(erasure), "application/json");
    }

    boolean isUnderWay(RunId run) {
        return store.stat(ObjectKeys.erasure(run)).isPresent();
    }

    List<Erasure> underWay() {
        return store.list(ObjectKeys.erasures()).stream()
                .flatMap(key -> store.find(key).stream())
                .map(found -> Json.read(found.bytes(), Erasure.class))
                .toList();
    }

    /** @return what there was, when nothing is left; empty when another pass is needed */
    Optional<RunErased> pass(Erasure before) {
        List<String> found = objectsOf(before.runId());
        Erasure erasure = before.with(found);
        if (!erasure.equals(before)) {
            store.put(ObjectKeys.erasure(before.runId()), Json.bytes(erasure), "application/json");
        }
        // Lists go last: as long as the list of class pictures is there, a pass after a crash finds those that are
        // left.
        Stream.concat(
                        found.stream().filter(key -> !key.endsWith(".json")),
                        found.stream().filter(key -> key.endsWith(".json")))
                .forEach(store::delete);
        boolean nobodyWrites = !before.wasLive()
                || clock.instant().isAfter(before.requestedAt().plus(quiet));
        return found.isEmpty() && nobodyWrites ? Optional.of(counted(erasure)) : Optional.empty();
    }

    /** When everybody has been told. */
    void forget(Erasure erasure) {
        store.delete(ObjectKeys.erasure(erasure.runId()));
    }

    private List<String> objectsOf(RunId run) {
        List<String> keys = new ArrayList<>(store.list(ObjectKeys.dataset(run)));
        store.list(ObjectKeys.run(run)).stream()
                .filter(key -> !key.equals(ObjectKeys.ending(run)))
                .forEach(keys::add);
        keys.addAll(keys.stream()
                .filter(ObjectKeys::isRequestedElsewhere)
                .flatMap(list -> keptElsewhere(list).stream())
                .toList());
        keys.addAll(classPicturesOnlyOf(run));
        return keys;
    }

    /** Pictures that the run's LoRA drew together with that of another run, and that lie there. */
    private List<String> keptElsewhere(String list) {
        try {
            return store.find(list).map(found -> List.of(Json.read(found.bytes(), String[].class))).stream()
                    .flatMap(List::stream)
                    .filter(key -> ObjectKeys.isSample(key) && store.stat(key).isPresent())
                    .toList();
        } catch (JsonException unreadable) {
            return List.of();
        }
    }

    /**
     * A run that is still waiting for its class pictures may be about to use some that are there; theirs are not known yet, so
     * all of them stay.
     */
    private Set<String> classPicturesOnlyOf(RunId run) {
        Set<String> own = new HashSet<>(classPicturesOf(ObjectKeys.classPicturesAnnounced(run)));
        if (own.isEmpty()) {
            return own;
        }
        Set<String> documents = new HashSet<>(store.list(ObjectKeys.runs()));
        for (String key : documents) {
            RunId other = new RunId(key.split("/")[1]);
            if (other.equals(run)) {
                continue;
            }
            if (key.equals(ObjectKeys.classPicturesAnnounced(other))) {
                own.removeAll(classPicturesOf(key));
            } else if (key.equals(ObjectKeys.pendingDataset(other))
                    && !documents.contains(ObjectKeys.classPicturesAnnounced(other))
                    && !documents.contains(ObjectKeys.ending(other))) {
                return Set.of();
            }
        }
        return own;
    }

    private List<String> classPicturesOf(String announcement) {
        try {
            return store.find(announcement).map(found -> Json.read(found.bytes(), ClassPicturesRendered.class)).stream()
                    .flatMap(event -> event.pictures().stream())
                    .map(picture -> picture.picture().key())
                    .filter(key -> key.startsWith(ObjectKeys.classPictures()))
                    .toList();
        } catch (JsonException unreadable) {
            return List.of();
        }
    }

    private RunErased counted(Erasure erasure) {
        RunId run = erasure.runId();
        int originals = count(erasure, ObjectKeys.originals(run)) + count(erasure, ObjectKeys.awaitedUploads(run));
        int prepared = count(erasure, ObjectKeys.preparedPictures(run));
        int classPictures = count(erasure, ObjectKeys.classPictures());
        int checkpoints = count(erasure, ObjectKeys.checkpoints(run));
        int samples = (int) erasure.keys().stream().filter(ObjectKeys::isSample).count();
        int loras = (int) erasure.keys().stream()
                .filter(key ->
                        key.startsWith(ObjectKeys.loras(run)) && !key.endsWith(".md")) // their cards are documents
                .count();
        int documents = erasure.keys().size() - originals - prepared - classPictures - checkpoints - samples - loras;
        return new RunErased(
                run, originals, prepared, classPictures, checkpoints, samples, loras, documents, clock.instant());
    }

    private static int count(Erasure erasure, String prefix) {
        return (int)
                erasure.keys().stream().filter(key -> key.startsWith(prefix)).count();
    }
}
