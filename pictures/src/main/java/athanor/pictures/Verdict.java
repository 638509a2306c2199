package athanor.pictures;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;

/** What reading a file as a picture came to. */
public sealed interface Verdict {

    /**
     * @param format as found in the bytes
     * @param width of the upright picture as it was sent, pixels
     * @param height of the same
     * @param remarks what the uploader should know though the picture is taken
     * @param image the pixels that were wanted, if any: upright, sRGB, 8-bit BGR, no transparency
     * @param measured what it is worth, where that was wanted
     */
    record Accepted(
            PictureFormat format,
            int width,
            int height,
            List<Remark> remarks,
            Optional<BufferedImage> image,
            Optional<Measured> measured)
            implements Verdict {

        public Accepted {
            remarks = List.copyOf(remarks);
        }
    }

    /** @param reason a sentence that the uploader can act on */
    record Rejected(Refusal refusal, String reason) implements Verdict {}

    /** Why a file is not taken. */
    enum Refusal {
        /** something else */
        NO_PICTURE,
        /** a picture of a format, or of a kind of it, that is not read here */
        UNSUPPORTED,
        DAMAGED,
        /** damaged or unsupported, which the decoder does not tell */
        UNREADABLE,
        ANIMATION,
        /** too large, too small, or a strip */
        SIZE
    }

    /** @param sentence continues the name of the file */
    record Remark(About about, String sentence) {

        public enum About {
            DAMAGE,
            COLOUR_PROFILE,
            PAGES,
            SAMPLES
        }
    }
}
