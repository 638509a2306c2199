package athanor.preprocess;

import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.dataset.DatasetManifest;
import athanor.contracts.dataset.PictureFate;
import athanor.contracts.json.Json;
import athanor.contracts.rest.RunPreparation;
import athanor.contracts.run.RunId;
import athanor.pictures.reader.PictureReader;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.store.Sha256;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Shows what became of the pictures of a run, from what its preparation left in the store. */
final class ShowPreparation {

    private final ObjectStore store;
    private final Originals originals;

    ShowPreparation(ObjectStore store, PictureReader reader) {
        this.store = store;
        this.originals = new Originals(store, reader);
    }

    /** Nothing before the pictures are cut. */
    Optional<RunPreparation> of(RunId run) {
        return pending(run)
                .map(pending -> new RunPreparation(
                        run,
                        digest(pending),
                        pending.plan(),
                        pending.fates().stream()
                                .map(fate -> new RunPreparation.Prepared(fate, preview(run, fate)))
                                .toList()));
    }

    /**
     * The picture with what is trained of it.
     *
     * @return PNG; nothing where the run has no such picture
     * @throws UnusableDatasetException when its original cannot be read any more
     */
    Optional<byte[]> preview(RunId run, String fileName) {
        Optional<PendingDataset> pending = pending(run);
        Optional<PictureFate> fate = pending.flatMap(found -> fate(found, fileName));
        return fate.flatMap(known -> original(pending.orElseThrow(), known)
                .map(picture -> Preview.of(originals.within(picture, Preview.SIDE), known)));
    }

    /** The picture as it is trained on, PNG; nothing where it is left out. */
    Optional<byte[]> trained(RunId run, String fileName) {
        return pending(run)
                .flatMap(found -> fate(found, fileName))
                .flatMap(fate -> Optional.ofNullable(fate.prepared()))
                .map(store::read);
    }

    private static Optional<PictureFate> fate(PendingDataset pending, String fileName) {
        return pending.fates().stream()
                .filter(any -> any.place().fileName().equals(fileName))
                .findFirst();
    }

    private Optional<AcceptedPicture> original(PendingDataset pending, PictureFate fate) {
        return Json.read(store.read(pending.accepted().manifest()), DatasetManifest.class).accepted().stream()
                .filter(picture -> picture.sha256().equals(fate.sha256()))
                .findFirst();
    }

    private Optional<PendingDataset> pending(RunId run) {
        return store.find(ObjectKeys.pendingDataset(run)).map(found -> Json.read(found.bytes(), PendingDataset.class));
    }

    /** Keys hold the run's id, so what stands under them is told by its hash; the worker's memory is no part of it. */
    private static String digest(PendingDataset pending) {
        StringBuilder all = new StringBuilder(Json.write(pending.accepted().recipe()));
        for (PictureFate fate : pending.fates()) {
            all.append('\n').append(Json.write(withoutKey(fate)));
            all.append('\n')
                    .append(fate.prepared() == null ? "" : fate.prepared().sha256());
        }
        return Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static PictureFate withoutKey(PictureFate fate) {
        return new PictureFate(
                fate.sha256(),
                fate.place(),
                fate.cut(),
                fate.caption(),
                fate.captionFrom(),
                fate.framing(),
                fate.faces(),
                fate.findings(),
                null);
    }

    private static String preview(RunId run, PictureFate fate) {
        return "/runs/%s/preparation/%s/preview"
                .formatted(
                        run,
                        URLEncoder.encode(fate.place().fileName(), StandardCharsets.UTF_8)
                                .replace("+", "%20"));
    }
}
