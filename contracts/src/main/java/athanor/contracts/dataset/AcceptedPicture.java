package athanor.contracts.dataset;

import athanor.contracts.Check;
import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import org.jspecify.annotations.Nullable;

/**
 * An uploaded picture that passed every check.
 *
 * @param sha256 of the uploaded bytes
 * @param original the bytes as uploaded
 * @param fileName name for people
 * @param size upright, after the EXIF orientation
 * @param format found by content: JPEG, PNG, WEBP, TIFF, BMP, GIF
 */
public record AcceptedPicture(
        String sha256,
        ObjectRef original,
        String fileName,
        Size size,
        String format,
        @Nullable String caption) {

    public AcceptedPicture {
        Check.text(sha256, "sha256");
        Check.present(original, "original");
        Check.text(fileName, "fileName");
        Check.present(size, "size");
        Check.text(format, "format");
    }
}
