package athanor.preprocess;

import athanor.contracts.AcceptedPicture;
import athanor.contracts.FailureReason;
import athanor.contracts.Size;
import athanor.pictures.Pixels;
import athanor.store.ObjectStore;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Opens what was uploaded: the bytes checked against their hash, upright, in sRGB. */
final class Originals {

    private Originals() {}

    static BufferedImage open(ObjectStore store, AcceptedPicture picture) {
        byte[] bytes = store.read(picture.original());
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
            Size found = new Size(image.getWidth(), image.getHeight());
            if (!found.equals(picture.size())) {
                throw new IOException("it is %s, was accepted as %s".formatted(found, picture.size()));
            }
            return Pixels.opaque(image);
        } catch (IOException | RuntimeException e) {
            throw new UnusableDatasetException(
                    FailureReason.OBJECT_MISSING_OR_DAMAGED,
                    "%s passed the checks but cannot be opened any more: %s"
                            .formatted(picture.fileName(), e.getMessage()),
                    e);
        }
    }
}
