package athanor.contracts.dataset;

import athanor.contracts.Check;
import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.picture.PictureLook;
import athanor.contracts.picture.Region;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An uploaded picture that passed every check.
 *
 * @param sha256 of the uploaded bytes
 * @param original the bytes as uploaded
 * @param fileName name for people
 * @param size upright, after the EXIF orientation
 * @param look absent in documents of older versions
 * @param regions that somebody pointed out in it; absent in documents of older versions
 * @param format found by content: JPEG, PNG, WEBP, TIFF, BMP, GIF
 */
public record AcceptedPicture(
        String sha256,
        ObjectRef original,
        String fileName,
        Size size,
        String format,
        @Nullable String caption,
        @Nullable PictureLook look,
        @Nullable List<Region> regions) {

    /** What the names of pictures of the class begin with: they stand beside the subject's and replace those that the base would render. */
    public static final String OF_THE_CLASS = "class-pictures/";

    public AcceptedPicture(
            String sha256,
            ObjectRef original,
            String fileName,
            Size size,
            String format,
            @Nullable String caption,
            @Nullable PictureLook look) {
        this(sha256, original, fileName, size, format, caption, look, null);
    }

    public AcceptedPicture {
        Check.text(sha256, "sha256");
        Check.present(original, "original");
        Check.text(fileName, "fileName");
        Check.present(size, "size");
        Check.text(format, "format");
        regions = regions == null ? null : List.copyOf(regions);
    }

    /** Whether it shows another one of the class and not the subject. */
    public boolean ofTheClass() {
        return isOfTheClass(fileName);
    }

    /** The same of a name. */
    public static boolean isOfTheClass(String fileName) {
        return fileName.replace('\\', '/').startsWith(OF_THE_CLASS);
    }

    /** @param other null takes the caption away */
    public AcceptedPicture captioned(@Nullable String other) {
        return new AcceptedPicture(sha256, original, fileName, size, format, other, look, regions);
    }

    /** The same picture, judged otherwise. */
    public AcceptedPicture seenAs(PictureLook other) {
        return new AcceptedPicture(sha256, original, fileName, size, format, caption, other, regions);
    }

    /** The same picture, whose bytes lie elsewhere. */
    public AcceptedPicture at(ObjectRef elsewhere) {
        return new AcceptedPicture(sha256, elsewhere, fileName, size, format, caption, look, regions);
    }
}
