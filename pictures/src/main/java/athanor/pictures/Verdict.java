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
     * @param findings sentences that the uploader should know though the picture is taken
     * @param image the pixels that were wanted, if any: upright, sRGB, 8-bit BGR, no transparency
     */
    record Accepted(PictureFormat format, int width, int height, List<String> findings, Optional<BufferedImage> image)
            implements Verdict {

        public Accepted {
            findings = List.copyOf(findings);
        }
    }

    /** @param reason a sentence that the uploader can act on */
    record Rejected(String reason) implements Verdict {}
}
