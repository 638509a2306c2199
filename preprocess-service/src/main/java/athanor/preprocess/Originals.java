package athanor.preprocess;

import athanor.contracts.Size;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.run.FailureReason;
import athanor.pictures.Resize;
import athanor.pictures.Verdict;
import athanor.pictures.Wanted;
import athanor.pictures.reader.PictureReader;
import athanor.plan.buckets.Placement;
import athanor.preprocess.plan.Part;
import athanor.store.ObjectStore;
import java.awt.Rectangle;
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

    /** What of a part is trained on. */
    BufferedImage cut(Part part, Placement placement) {
        AcceptedPicture picture = part.picture();
        Verdict verdict = reader.read(store.read(picture.original()), wanted(part, placement));
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

    /** The same of a picture that is there already. */
    static BufferedImage cut(BufferedImage picture, Placement placement) {
        return Resize.cutOut(
                picture,
                placement.resized().width(),
                placement.resized().height(),
                new Rectangle(
                        placement.cropLeft(),
                        placement.cropTop(),
                        placement.bucket().width(),
                        placement.bucket().height()));
    }

    private static Wanted wanted(Part part, Placement placement) {
        Size bucket = placement.bucket();
        Size resized = placement.resized();
        if (!part.head()) {
            return Wanted.cutOut(
                    resized.width(),
                    resized.height(),
                    placement.cropLeft(),
                    placement.cropTop(),
                    bucket.width(),
                    bucket.height());
        }
        // The decoder scales the whole picture, by what makes the part as large as its bucket.
        Size whole = part.picture().size();
        double scale = (double) resized.width() / part.area().width;
        int width = Math.max(bucket.width(), (int) Math.round(whole.width() * scale));
        int height = Math.max(bucket.height(), (int) Math.round(whole.height() * scale));
        int left = (int) Math.round(part.area().x * scale) + placement.cropLeft();
        int top = (int) Math.round(part.area().y * scale) + placement.cropTop();
        return Wanted.cutOut(
                width,
                height,
                Math.min(left, width - bucket.width()),
                Math.min(top, height - bucket.height()),
                bucket.width(),
                bucket.height());
    }

    private static UnusableDatasetException unusable(AcceptedPicture picture, String why) {
        return new UnusableDatasetException(
                FailureReason.OBJECT_MISSING_OR_DAMAGED,
                "%s passed the checks but cannot be opened any more: %s".formatted(picture.fileName(), why),
                null);
    }
}
