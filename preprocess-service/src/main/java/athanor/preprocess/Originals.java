package athanor.preprocess;

import athanor.contracts.Size;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.run.FailureReason;
import athanor.pictures.Verdict;
import athanor.pictures.Wanted;
import athanor.pictures.reader.PictureReader;
import athanor.plan.buckets.Placement;
import athanor.store.ObjectStore;
import java.awt.image.BufferedImage;

/**
 * Opens what was uploaded: the bytes checked against their hash, upright, in sRGB, as ingest-service saw it. Resizing is left to
 * the decoder, so that a photograph of any size costs this service the few pixels that are trained on.
 */
final class Originals {

    private final ObjectStore store;
    private final PictureReader reader;

    Originals(ObjectStore store, PictureReader reader) {
        this.store = store;
        this.reader = reader;
    }

    /** The part of the picture that is trained on. */
    BufferedImage cut(AcceptedPicture picture, Placement placement) {
        Verdict verdict = reader.read(store.read(picture.original()), wanted(placement));
        if (verdict instanceof Verdict.Rejected rejected) {
            throw unusable(picture, rejected.reason());
        }
        Verdict.Accepted read = (Verdict.Accepted) verdict;
        Size found = new Size(read.width(), read.height());
        if (!found.equals(picture.size())) {
            throw unusable(picture, "it is %s and was accepted as %s".formatted(found, picture.size()));
        }
        return read.image().orElseThrow();
    }

    /** The whole picture, at most so many pixels a side. */
    BufferedImage within(AcceptedPicture picture, int side) {
        Verdict verdict = reader.read(store.read(picture.original()), Wanted.within(side, side));
        if (verdict instanceof Verdict.Rejected rejected) {
            throw unusable(picture, rejected.reason());
        }
        return ((Verdict.Accepted) verdict).image().orElseThrow();
    }

    private static Wanted wanted(Placement placement) {
        return Wanted.cutOut(
                placement.resized().width(),
                placement.resized().height(),
                placement.cropLeft(),
                placement.cropTop(),
                placement.bucket().width(),
                placement.bucket().height());
    }

    private static UnusableDatasetException unusable(AcceptedPicture picture, String why) {
        return new UnusableDatasetException(
                FailureReason.OBJECT_MISSING_OR_DAMAGED,
                "%s passed the checks but cannot be opened any more: %s".formatted(picture.fileName(), why),
                null);
    }
}
