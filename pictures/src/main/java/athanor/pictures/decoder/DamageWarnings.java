package athanor.pictures.decoder;

import athanor.pictures.PictureFormat;
import athanor.pictures.Verdict;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import org.jspecify.annotations.Nullable;

/**
 * A damaged JPEG is decoded to a picture with grey or shifted parts, and only a warning tells. Of 43 such pictures that decoders
 * "repair", 28 are visibly wrong.
 */
final class DamageWarnings implements IIOReadWarningListener {

    private static final Pattern ENDS_EARLY =
            Pattern.compile("premature|truncat|unexpected end", Pattern.CASE_INSENSITIVE);
    private static final Pattern CORRUPT =
            Pattern.compile("corrupt|bad huffman|inconsistent progression", Pattern.CASE_INSENSITIVE);

    /** Left over when the picture was complete. Some cameras fill up their files so; so do damaged ones that lost their way. */
    private static final Pattern LEFT_OVER = Pattern.compile("extraneous bytes before marker 0xd9");

    /** What encoders leave at the end of a WebP, which nothing warns of. */
    private static final int BYTES_LEFT_OVER = 16;

    private @Nullable String damage;
    private boolean leftOver;

    @Override
    public void warningOccurred(ImageReader source, String warning) {
        if (LEFT_OVER.matcher(warning).find()) {
            leftOver = true;
        } else if (ENDS_EARLY.matcher(warning).find()) {
            damage = "it ends in the middle of the picture";
        } else if (CORRUPT.matcher(warning).find()) {
            damage = "its data is corrupt";
        }
    }

    void refuseDamage(PictureFormat format) throws RefusedException {
        if (damage != null) {
            throw RefusedException.damaged(format, damage);
        }
    }

    /** @param file as far as the decoder looked into it; of a WebP it needs all, or it has lost its way */
    void lookAtTheEnd(PictureFormat format, FileBytes file) {
        if (format == PictureFormat.WEBP && file.length() - file.furthest() > BYTES_LEFT_OVER) {
            leftOver = true;
        }
    }

    Optional<Verdict.Remark> remark() {
        return leftOver
                ? Optional.of(
                        new Verdict.Remark(
                                Verdict.Remark.About.DAMAGE,
                                "the data goes on behind the end of the picture, so the file may be damaged; look whether the picture is whole"))
                : Optional.empty();
    }
}
