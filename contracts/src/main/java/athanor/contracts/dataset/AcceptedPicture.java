package athanor.contracts.dataset;

import athanor.contracts.Check;
import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.picture.Framing;
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
 * @param framing how it shows the person, as its owner says; absent where that is left to captions and detectors
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
        @Nullable List<Region> regions,
        @Nullable Framing framing) {

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
        this(sha256, original, fileName, size, format, caption, look, null, null);
    }

    public AcceptedPicture(
            String sha256,
            ObjectRef original,
            String fileName,
            Size size,
            String format,
            @Nullable String caption,
            @Nullable PictureLook look,
            @Nullable List<Region> regions) {
        this(sha256, original, fileName, size, format, caption, look, regions, null);
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
        return new AcceptedPicture(sha256, original, fileName, size, format, other, look, regions, framing);
    }

    /** The same picture, judged otherwise. */
    public AcceptedPicture seenAs(PictureLook other) {
        return new AcceptedPicture(sha256, original, fileName, size, format, caption, other, regions, framing);
    }

    /** The same picture, whose bytes lie elsewhere. */
    public AcceptedPicture at(ObjectRef elsewhere) {
        return new AcceptedPicture(sha256, elsewhere, fileName, size, format, caption, look, regions, framing);
    }

    /** @param others that are pointed out in it, instead of those before; null takes them away */
    public AcceptedPicture with(@Nullable List<Region> others) {
        return new AcceptedPicture(sha256, original, fileName, size, format, caption, look, others, framing);
    }

    /** @param said null leaves it to captions and detectors */
    public AcceptedPicture framedAs(@Nullable Framing said) {
        return new AcceptedPicture(sha256, original, fileName, size, format, caption, look, regions, said);
    }
}
