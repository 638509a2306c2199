package athanor.pictures;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/**
 * Separable Lanczos resampling with three lobes, in linear light.
 *
 * <p>Two things that {@code Graphics2D} gets wrong for training data: its kernels are not widened when a picture
 * shrinks, so fine texture turns into moiré; and it averages gamma-coded values, so hair against the sky gets
 * darker (a zone plate ends at 128 of 255 where 161 is right).
 */
public final class Resize {

    static final int CHANNELS = 3;

    private Resize() {}

    /**
     * @param source sRGB, of any type; transparency is laid on white
     * @param width pixels
     * @param height pixels
     * @return 8-bit BGR, sRGB; the source's own pixels where the size is unchanged
     */
    public static BufferedImage to(BufferedImage source, int width, int height) {
        BufferedImage from = Pixels.opaque(source);
        return from.getWidth() == width && from.getHeight() == height ? from : to(new ImageRows(from), width, height);
    }

    /** The same for a picture that is made while it is resized. */
    public static BufferedImage to(PixelRows from, int width, int height) {
        return cutOut(from, width, height, new Rectangle(width, height));
    }

    /**
     * Resizes, and makes no more of the result than a rectangle of it.
     *
     * @param kept in pixels of the resized picture
     */
    public static BufferedImage cutOut(PixelRows from, int width, int height, Rectangle kept) {
        return from.width() == width && from.height() == height
                ? copy(from, kept)
                : new Resampling(from, width, height, kept).result();
    }

    /** The same of a picture that is there already. */
    public static BufferedImage cutOut(BufferedImage source, int width, int height, Rectangle kept) {
        return cutOut(new ImageRows(Pixels.opaque(source)), width, height, kept);
    }

    private static BufferedImage copy(PixelRows from, Rectangle kept) {
        BufferedImage copy = new BufferedImage(kept.width, kept.height, BufferedImage.TYPE_3BYTE_BGR);
        byte[] pixels = bytes(copy);
        byte[] row = new byte[from.width() * CHANNELS];
        int length = kept.width * CHANNELS;
        for (int y = 0; y < kept.y + kept.height; y++) {
            from.next(row);
            if (y >= kept.y) {
                System.arraycopy(row, kept.x * CHANNELS, pixels, (y - kept.y) * length, length);
            }
        }
        return copy;
    }

    static byte[] bytes(BufferedImage image) {
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }

    /** The rows of a picture that is there already. */
    private static final class ImageRows implements PixelRows {

        private final BufferedImage image;
        private final byte[] pixels;
        private int row;

        ImageRows(BufferedImage image) {
            this.image = image;
            this.pixels = bytes(image);
        }

        @Override
        public int width() {
            return image.getWidth();
        }

        @Override
        public int height() {
            return image.getHeight();
        }

        @Override
        public void next(byte[] bgr) {
            System.arraycopy(pixels, row++ * bgr.length, bgr, 0, bgr.length);
        }
    }
}
