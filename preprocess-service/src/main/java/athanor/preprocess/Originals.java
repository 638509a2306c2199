package athanor.preprocess;

import athanor.contracts.Size;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.run.FailureReason;
import athanor.pictures.PictureReader;
import athanor.pictures.Verdict;
import athanor.store.ObjectStore;
import java.awt.image.BufferedImage;

/** Opens what was uploaded: the bytes checked against their hash, upright, in sRGB, as ingest-service saw it. */
final class Originals {

    private final ObjectStore store;
    private final PictureReader reader = PictureReader.standard();

    Originals(ObjectStore store) {
        this.store = store;
    }

    BufferedImage open(AcceptedPicture picture) {
        Verdict verdict = reader.read(store.read(picture.original()));
        if (verdict instanceof Verdict.Rejected rejected) {
            throw unusable(picture, rejected.reason());
        }
        BufferedImage image = ((Verdict.Accepted) verdict).image();
        Size found = new Size(image.getWidth(), image.getHeight());
        if (!found.equals(picture.size())) {
            throw unusable(picture, "it is %s and was accepted as %s".formatted(found, picture.size()));
        }
        return image;
    }

    private static UnusableDatasetException unusable(AcceptedPicture picture, String why) {
        return new UnusableDatasetException(
                FailureReason.OBJECT_MISSING_OR_DAMAGED,
                "%s passed the checks but cannot be opened any more: %s".formatted(picture.fileName(), why),
                null);
    }
}
