package athanor.pictures.decoder;

import java.awt.image.BufferedImage;

/** What the numbers of a picture mean. */
@FunctionalInterface
interface Colours {

    /**
     * @param decoded a few rows as the decoder left them
     * @return the same rows as 8-bit BGR in sRGB, transparency laid on white, in pixels of their own
     */
    BufferedImage toSrgb(BufferedImage decoded);
}
