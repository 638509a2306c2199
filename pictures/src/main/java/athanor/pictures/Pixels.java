package athanor.pictures;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Pictures in the one form that everything behind the decoder works on: 8-bit BGR, sRGB, no transparency. */
public final class Pixels {

    static {
        // ImageIO's default is a file in the temporary folder for each picture, which may be full or read-only.
        ImageIO.setUseCache(false);
    }

    private Pixels() {}

    /** The same picture as 8-bit BGR that owns its pixels; transparency is laid on white. */
    public static BufferedImage opaque(BufferedImage image) {
        if (image.getType() == BufferedImage.TYPE_3BYTE_BGR && image.getRaster().getParent() == null) {
            return image;
        }
        return opaqueCopy(image);
    }

    /** The same, always in pixels of its own. */
    public static BufferedImage opaqueCopy(BufferedImage image) {
        BufferedImage opaque = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = opaque.createGraphics();
        try {
            canvas.drawImage(image, 0, 0, Color.WHITE, null);
        } finally {
            canvas.dispose();
        }
        return opaque;
    }

    /** Lossless, without any metadata of the original. */
    public static byte[] png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(opaque(image), "png", bytes)) {
                throw new IllegalStateException("this Java has no PNG writer; it needs the module java.desktop");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The same with a text, as programs that draw keep what a picture was made with. */
    public static byte[] png(BufferedImage image, String keyword, String text) {
        return PngText.into(png(image), keyword, text);
    }
}
