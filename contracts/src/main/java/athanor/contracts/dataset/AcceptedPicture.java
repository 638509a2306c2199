package athanor.contracts.dataset;

import athanor.contracts.Check;
import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.picture.PictureLook;
import org.jspecify.annotations.Nullable;

/**
 * An uploaded picture that passed every check.
 *
 * @param sha256 of the uploaded bytes
 * @param original the bytes as uploaded
 * @param fileName name for people
 * @param size upright, after the EXIF orientation
 * @param look absent in documents of older versions
 * @param format found by content: JPEG, PNG, WEBP, TIFF, BMP, GIF
 */
public record AcceptedPicture(
        String sha256,
        ObjectRef original,
        String fileName,
        Size size,
        String format,
        @Nullable String caption,
        @Nullable PictureLook look) {

    public AcceptedPicture {
        Check.text(sha256, "sha256");
        Check.present(original, "original");
        Check.text(fileName, "fileName");
        Check.present(size, "size");
        Check.text(format, "format");
    }

    /** @param other null takes the caption away */
    public AcceptedPicture captioned(@Nullable String other) {
        return new AcceptedPicture(sha256, original, fileName, size, format, other, look);
    }

    /** The same picture, judged otherwise. */
    public AcceptedPicture seenAs(PictureLook other) {
        return new AcceptedPicture(sha256, original, fileName, size, format, caption, other);
    }

    /** The same picture, whose bytes lie elsewhere. */
    public AcceptedPicture at(ObjectRef elsewhere) {
        return new AcceptedPicture(sha256, elsewhere, fileName, size, format, caption, look);
    }
}
