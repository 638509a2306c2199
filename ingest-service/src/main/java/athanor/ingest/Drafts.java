package athanor.ingest;

import athanor.contracts.ObjectRef;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.dataset.DatasetManifest;
import athanor.contracts.events.RunRequested;
import athanor.contracts.json.Json;
import athanor.contracts.rest.PictureVerdict;
import athanor.contracts.run.RunId;
import athanor.store.Content;
import athanor.store.Listed;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.store.Sha256;
import athanor.store.Stored;
import athanor.store.Versioned;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The runs before they start, as JSON documents in the store. */
@ApplicationScoped
class Drafts {

    private static final String JSON = "application/json";

    private final ObjectStore store;
    private final UploadCount uploads;
    private final ReadVerdicts readVerdicts;

    Drafts(ObjectStore store, Clock clock) {
        this.store = store;
        this.uploads = new UploadCount(store, clock);
        this.readVerdicts = new ReadVerdicts(store);
    }

    @PreDestroy
    void close() {
        readVerdicts.close();
    }

    /** Keeps the first draft of a run; a second one changes nothing. */
    void open(Draft draft) {
        store.putIfAbsent(ObjectKeys.draft(draft.runId()), Json.bytes(draft), JSON);
    }

    Optional<Draft> find(RunId run) {
        return document(ObjectKeys.draft(run), Draft.class);
    }

    /** Before anything is done for it, so that a second request under the same id can be told from a second delivery. */
    void keep(RunRequested request) {
        store.putIfAbsent(ObjectKeys.request(request.runId()), Json.bytes(request), JSON);
    }

    Optional<RunRequested> request(RunId run) {
        return document(ObjectKeys.request(run), RunRequested.class);
    }

    /**
     * Keeps a verdict, unless another picture that was accepted has its name.
     *
     * @return the other one, where there is one
     */
    Optional<AcceptedPicture> keep(RunId run, PictureVerdict verdict) {
        String key = ObjectKeys.verdict(run, verdict.fileName());
        Stored stored = store.putIfAbsent(key, Json.bytes(verdict), JSON);
        while (stored instanceof Stored.AlreadyThere) {
            Optional<Versioned> there = store.find(key);
            AcceptedPicture before = there.map(Versioned::bytes)
                    .map(bytes -> Json.read(bytes, PictureVerdict.class).accepted())
                    .orElse(null);
            if (before != null && !isOf(verdict, before)) {
                return Optional.of(before);
            }
            stored = there.isPresent()
                    ? store.replace(key, there.get().etag(), Json.bytes(verdict), JSON)
                    : store.putIfAbsent(key, Json.bytes(verdict), JSON);
        }
        uploads.add(run, key);
        return Optional.empty();
    }

    private static boolean isOf(PictureVerdict verdict, AcceptedPicture picture) {
        return verdict.accepted() != null && verdict.accepted().sha256().equals(picture.sha256());
    }

    Optional<PictureVerdict> verdict(RunId run, String fileName) {
        return document(ObjectKeys.verdict(run, fileName), PictureVerdict.class);
    }

    /** Uploads of the run besides this one. */
    long others(RunId run, String fileName) {
        return uploads.others(run, ObjectKeys.verdict(run, fileName));
    }

    /** By file name, so that the same uploads make the same manifest. */
    List<PictureVerdict> verdicts(RunId run) {
        return readVerdicts.of(run);
    }

    /** Who was first with these bytes: this upload, or the name of another one that still has them. */
    Optional<String> sameContent(RunId run, String sha256, String fileName) {
        String key = ObjectKeys.firstWithContent(run, sha256);
        byte[] claim = Json.bytes(fileName);
        if (store.putIfAbsent(key, claim, JSON) instanceof Stored.Created) {
            return Optional.empty();
        }
        String first = document(key, String.class).orElse(fileName);
        boolean stillHasThem = verdict(run, first)
                .map(PictureVerdict::accepted)
                .filter(picture -> picture.sha256().equals(sha256))
                .isPresent();
        if (first.equals(fileName) || !stillHasThem) {
            store.put(key, claim, JSON);
            return Optional.empty();
        }
        return Optional.of(first);
    }

    /** What lies where a run was told to look; the first list that was made of it is the one. */
    List<Listed> freezeFound(RunId run, List<Listed> found) {
        store.putIfAbsent(ObjectKeys.foundPictures(run), Json.bytes(found), JSON);
        return List.of(document(ObjectKeys.foundPictures(run), Listed[].class).orElseThrow());
    }

    /** The latest offer under a name counts. */
    void await(RunId run, AwaitedUpload upload) {
        store.put(ObjectKeys.awaitedNote(run, upload.fileName()), Json.bytes(upload), JSON);
    }

    List<AwaitedUpload> awaited(RunId run) {
        return store.list(ObjectKeys.awaitedNotes(run)).stream()
                .flatMap(key -> document(key, AwaitedUpload.class).stream())
                .sorted(Comparator.comparing(AwaitedUpload::fileName))
                .toList();
    }

    void awaitNoMore(RunId run, AwaitedUpload upload) {
        store.delete(ObjectKeys.awaitedUpload(run, upload.fileName()));
        store.delete(ObjectKeys.awaitedNote(run, upload.fileName()));
    }

    ObjectRef keepOriginal(RunId run, String sha256, Content file, String contentType) {
        return store.put(ObjectKeys.original(run, sha256), file, contentType);
    }

    /** Gives a run a picture that another one accepted, with bytes of its own. */
    void copy(PictureVerdict verdict, RunId into) {
        AcceptedPicture picture = Objects.requireNonNull(verdict.accepted(), "only accepted pictures can be copied");
        ObjectRef original = store.copy(picture.original(), ObjectKeys.original(into, picture.sha256()));
        sameContent(into, picture.sha256(), picture.fileName());
        keep(into, PictureVerdict.accepted(picture.at(original)));
    }

    /** The list is closed by whoever writes it first; everybody gets that one. */
    DatasetManifest freeze(DatasetManifest manifest) {
        store.putIfAbsent(ObjectKeys.manifest(manifest.runId()), Json.bytes(manifest), JSON);
        return manifest(manifest.runId()).orElse(manifest);
    }

    Optional<DatasetManifest> manifest(RunId run) {
        return document(ObjectKeys.manifest(run), DatasetManifest.class);
    }

    ObjectRef manifestRef(DatasetManifest manifest) {
        byte[] bytes = Json.bytes(manifest);
        return new ObjectRef(store.bucket(), ObjectKeys.manifest(manifest.runId()), bytes.length, Sha256.of(bytes));
    }

    boolean announced(RunId run) {
        return store.stat(ObjectKeys.announced(run)).isPresent();
    }

    void markAnnounced(RunId run) {
        store.putIfAbsent(ObjectKeys.announced(run), Json.bytes(run), JSON);
    }

    /** Runs whose list is closed and whose event may not have been sent: this service stopped in between. */
    List<RunId> frozenButNotAnnounced() {
        List<String> keys = store.list(ObjectKeys.datasets());
        return keys.stream()
                .filter(key -> key.endsWith("/manifest.json"))
                .map(key -> new RunId(key.split("/")[1]))
                .filter(run -> !keys.contains(ObjectKeys.announced(run)))
                .toList();
    }

    private <T> Optional<T> document(String key, Class<T> type) {
        return store.find(key).map(Versioned::bytes).map(bytes -> Json.read(bytes, type));
    }
}
