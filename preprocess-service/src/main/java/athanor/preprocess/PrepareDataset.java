package athanor.preprocess;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.DatasetManifest;
import athanor.contracts.dataset.PreparedDataset;
import athanor.contracts.dataset.PreparedPicture;
import athanor.contracts.events.ClassPicturesRendered;
import athanor.contracts.events.DatasetAccepted;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.events.DrawingProgressed;
import athanor.contracts.json.Json;
import athanor.contracts.json.JsonException;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunId;
import athanor.contracts.run.WorkerSeen;
import athanor.diffusion.model.BaseModels;
import athanor.diffusion.runtime.MachineMemory;
import athanor.people.People;
import athanor.pictures.reader.PictureReader;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.store.StoreException;
import athanor.store.Stored;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Turns accepted pictures into a dataset in two moves: the instance pictures at once, the rest when the class pictures
 * are there. What a move led to is stored before it is announced, by a write that only the first of several wins; a
 * second delivery finds it there and announces the very same.
 */
public final class PrepareDataset {

    private static final String JSON = "application/json";

    private final ObjectStore store;
    private final PrepareInstances prepareInstances;
    private final MemoryClass memoryClass;
    private final Clock clock;

    /**
     * @param people who looks at heads that are put on other bodies, and tells people from their background
     * @param bases those of this machine; may be none
     * @param memoryClass queue that prepared datasets go to
     * @param workers those that live
     * @param cancelled asked between two pictures; work on a cancelled run ends with a {@link
     *     java.util.concurrent.CancellationException}
     * @param news told how far the pictures of a run are
     */
    public PrepareDataset(
            ObjectStore store,
            PictureReader reader,
            People people,
            BaseModels bases,
            MemoryClass memoryClass,
            Supplier<List<WorkerSeen>> workers,
            Predicate<RunId> cancelled,
            Consumer<DrawingProgressed> news,
            Clock clock) {
        this.store = store;
        this.prepareInstances = new PrepareInstances(
                store,
                reader,
                people,
                bases,
                new RoomToTrain(memoryClass, workers, MachineMemory.bytes()),
                cancelled,
                news,
                clock);
        this.memoryClass = memoryClass;
        this.clock = clock;
    }

    /** Whether the first move of a run is done. */
    public boolean knows(RunId run) {
        return store.stat(ObjectKeys.pendingDataset(run)).isPresent();
    }

    /** Whether both moves are done. */
    public boolean hasAnnounced(RunId run) {
        return store.stat(ObjectKeys.datasetAnnounced(run)).isPresent();
    }

    /** The first move. */
    public Preparation from(DatasetAccepted accepted) {
        RunId run = accepted.runId();
        Optional<DatasetPrepared> announced = announced(run);
        if (announced.isPresent()) {
            return new Preparation.Ready(announced.get(), true);
        }
        try {
            PendingDataset pending =
                    pending(run).orElseGet(() -> keep(run, prepareInstances.of(accepted, manifest(accepted))));
            writeDown(pending);
            return pending.request() == null
                    ? finish(pending, pending.prior())
                    : new Preparation.Waiting(pending.instances().size(), pending.request());
        } catch (UnusableDatasetException e) {
            return new Preparation.Impossible(accepted.name(), e.reason(), e.sentence());
        } catch (StoreException e) {
            return impossibleOrLater(accepted.name(), e);
        }
    }

    /** The second move. */
    public Preparation with(ClassPicturesRendered rendered) {
        RunId run = rendered.runId();
        Optional<DatasetPrepared> announced = announced(run);
        if (announced.isPresent()) {
            return new Preparation.Ready(announced.get(), true);
        }
        Optional<PendingDataset> found = pending(run);
        if (found.isEmpty()) {
            return new Preparation.Unknown();
        }
        PendingDataset pending = found.get();
        List<PreparedPicture> classPictures = rendered.pictures().stream()
                .map(picture -> asRendered(picture.picture(), picture.prompt(), picture.size()))
                .toList();
        Set<String> without = sizesWithoutClassPicture(pending, classPictures);
        if (!without.isEmpty()) {
            return new Preparation.Impossible(
                    pending.accepted().name(),
                    FailureReason.INTERNAL,
                    "%d class pictures were rendered, but none of %s, at which instance pictures train"
                            .formatted(classPictures.size(), String.join(", ", without)));
        }
        return finish(pending, classPictures);
    }

    /** A batch never mixes sizes, so each size needs a class picture of its own. */
    private static Set<String> sizesWithoutClassPicture(PendingDataset pending, List<PreparedPicture> classPictures) {
        Set<Size> drawn = classPictures.stream().map(PreparedPicture::bucket).collect(Collectors.toSet());
        return pending.instances().stream()
                .map(PreparedPicture::bucket)
                .filter(size -> !drawn.contains(size))
                .map(Size::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The base drew it at exactly the bucket's size: nothing scaled, nothing cut. */
    private static PreparedPicture asRendered(ObjectRef picture, String prompt, Size size) {
        return new PreparedPicture(picture, prompt, size, size, 0, 0, 1, false, null);
    }

    private Preparation finish(PendingDataset pending, List<PreparedPicture> classPictures) {
        DatasetAccepted accepted = pending.accepted();
        RunId run = accepted.runId();
        PreparedDataset dataset =
                new PreparedDataset(run, pending.plan(), pending.instances(), classPictures, pending.pairs());
        ObjectRef prepared = store.put(ObjectKeys.preparedDataset(run), Json.bytes(dataset), JSON);
        DatasetPrepared event = new DatasetPrepared(
                run,
                accepted.name(),
                prepared,
                memoryClass,
                1,
                accepted.recipe(),
                clock.instant(),
                pending.plan().framings());
        return new Preparation.Ready(event, false);
    }

    /**
     * Makes this the dataset that the run is trained on. From here on a second delivery announces it again, so whatever must
     * be told before it has been told.
     *
     * @return the given event, or that of whoever was first
     */
    public DatasetPrepared settle(DatasetPrepared event) {
        return first(ObjectKeys.datasetAnnounced(event.runId()), event, DatasetPrepared.class);
    }

    private PendingDataset keep(RunId run, PendingDataset pending) {
        return first(ObjectKeys.pendingDataset(run), pending, PendingDataset.class);
    }

    /** The document of whoever wrote it first: ours, or the one that is there. */
    private <T> T first(String key, T document, Class<T> type) {
        Stored stored = store.putIfAbsent(key, Json.bytes(document), JSON);
        return stored instanceof Stored.Created
                ? document
                : read(key, type).orElseThrow(() -> new IllegalStateException(key + " was there and is gone"));
    }

    /** Once; whoever died before is made up for by the next delivery. */
    private void writeDown(PendingDataset pending) {
        String key = ObjectKeys.preparation(pending.accepted().runId());
        if (store.stat(key).isEmpty()) {
            store.putIfAbsent(key, Json.bytes(WritePreparation.of(pending)), JSON);
        }
    }

    private Optional<DatasetPrepared> announced(RunId run) {
        return read(ObjectKeys.datasetAnnounced(run), DatasetPrepared.class);
    }

    private Optional<PendingDataset> pending(RunId run) {
        return read(ObjectKeys.pendingDataset(run), PendingDataset.class);
    }

    private <T> Optional<T> read(String key, Class<T> type) {
        return store.find(key).map(found -> Json.read(found.bytes(), type));
    }

    private DatasetManifest manifest(DatasetAccepted accepted) {
        try {
            return Json.read(store.read(accepted.manifest()), DatasetManifest.class);
        } catch (JsonException e) {
            throw new UnusableDatasetException(
                    FailureReason.OBJECT_MISSING_OR_DAMAGED,
                    "the manifest %s cannot be read: %s"
                            .formatted(accepted.manifest().key(), e.getMessage()),
                    e);
        }
    }

    /** A store that is away comes back; an object that is gone does not. */
    private static Preparation impossibleOrLater(String name, StoreException e) {
        if (e.kind() == StoreException.Kind.MISSING || e.kind() == StoreException.Kind.DAMAGED) {
            return new Preparation.Impossible(
                    name, FailureReason.OBJECT_MISSING_OR_DAMAGED, String.valueOf(e.getMessage()));
        }
        throw e;
    }
}
