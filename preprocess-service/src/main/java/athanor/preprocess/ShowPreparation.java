package athanor.preprocess;

import athanor.appraisal.CutPreview;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.dataset.DatasetManifest;
import athanor.contracts.dataset.PictureFate;
import athanor.contracts.json.Json;
import athanor.contracts.rest.RunPreparation;
import athanor.contracts.run.RunId;
import athanor.pictures.reader.PictureReader;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
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
        return store.find(ObjectKeys.preparation(run))
                .map(found -> Json.read(found.bytes(), RunPreparation.class))
                // Of older versions, which did not write it down by itself.
                .or(() -> store.find(ObjectKeys.pendingDataset(run))
                        .map(found -> WritePreparation.of(Json.read(found.bytes(), PendingDataset.class))));
    }

    /**
     * The picture with what is trained of it.
     *
     * @return PNG; nothing where the run has no such picture
     * @throws UnusableDatasetException when its original cannot be read any more
     */
    Optional<byte[]> preview(RunId run, String fileName) {
        Optional<PictureFate> fate = fate(run, fileName);
        if (fate.isPresent() && fate.get().use() == PictureFate.Use.TRANSPLANT) {
            return trained(run, fileName); // nobody uploaded it as it is
        }
        return fate.flatMap(known -> original(run, known)
                .map(picture -> CutPreview.of(originals.within(picture, CutPreview.SIDE), picture.size(), known)));
    }

    /** The picture as it is trained on, PNG; nothing where it is left out. */
    Optional<byte[]> trained(RunId run, String fileName) {
        return fate(run, fileName)
                .flatMap(fate -> Optional.ofNullable(fate.prepared()))
                .map(store::read);
    }

    private Optional<PictureFate> fate(RunId run, String fileName) {
        return of(run).flatMap(preparation -> preparation.fate(fileName));
    }

    private Optional<AcceptedPicture> original(RunId run, PictureFate fate) {
        return store.find(ObjectKeys.manifest(run)).stream()
                .flatMap(found -> Json.read(found.bytes(), DatasetManifest.class).accepted().stream())
                .filter(picture -> picture.sha256().equals(fate.sha256()))
                .findFirst();
    }
}
