package athanor.pictures;

import java.awt.image.BufferedImage;

/** What reading a file as a picture came to. */
public sealed interface Verdict {

    /**
     * @param image upright, sRGB, 8-bit BGR, no transparency
     * @param format as found in the bytes
     */
    record Accepted(BufferedImage image, PictureFormat format) implements Verdict {}

    /** @param reason a sentence that the uploader can act on */
    record Rejected(String reason) implements Verdict {}
}
