package athanor.pictures.decoder;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.AffineTransform;
import java.awt.geom.NoninvertibleTransformException;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a camera was held: EXIF tag 0x0112, which no Java decoder applies. It is the only tag that anybody here wants, so it is the
 * only one that is looked at.
 *
 * @param value 1 to 8 as EXIF counts; 1 is upright
 */
record Orientation(int value) {

    static final Orientation UPRIGHT = new Orientation(1);

    private static final byte[] MARK = {'E', 'x', 'i', 'f', 0, 0};
    private static final int TAG = 0x0112;
    private static final int ENTRY = 12;
    private static final int SHORT = 3;
    private static final int LITTLE = 'I' << 8 | 'I';
    private static final int BIG = 'M' << 8 | 'M';

    static Orientation of(int value) {
        return value >= 1 && value <= 8 ? new Orientation(value) : UPRIGHT;
    }

    /**
     * From the first directory of the notes. JPEG puts a mark before them; the standards of PNG and WebP do not, some writers do.
     *
     * @param bytes hold the notes, which have the form of a TIFF file, from {@code start} to {@code end}
     */
    static Orientation in(byte[] bytes, int start, int end) {
        ByteBuffer exif = ByteBuffer.wrap(bytes, start, end - start).slice();
        if (exif.limit() > MARK.length && exif.slice(0, MARK.length).equals(ByteBuffer.wrap(MARK))) {
            exif = exif.slice(MARK.length, exif.limit() - MARK.length);
        }
        if (exif.limit() < 8) {
            return UPRIGHT;
        }
        int order = exif.getShort(0) & 0xffff;
        if (order != LITTLE && order != BIG) {
            return UPRIGHT;
        }
        exif.order(order == LITTLE ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long directory = Integer.toUnsignedLong(exif.getInt(4));
        if (directory + 2 > exif.limit()) {
            return UPRIGHT;
        }
        int entries = exif.getShort((int) directory) & 0xffff;
        for (int i = 0; i < entries; i++) {
            long at = directory + 2 + (long) i * ENTRY;
            if (at + ENTRY > exif.limit()) {
                return UPRIGHT;
            }
            if ((exif.getShort((int) at) & 0xffff) == TAG && exif.getShort((int) at + 2) == SHORT) {
                return of(exif.getShort((int) at + 8));
            }
        }
        return UPRIGHT;
    }

    boolean swapsSides() {
        return value >= 5;
    }

    /** The upright picture; the same one when it is upright already. */
    BufferedImage apply(BufferedImage image) {
        if (value == 1) {
            return image;
        }
        int width = image.getWidth();
        int height = image.getHeight();
        BufferedImage upright = new BufferedImage(
                swapsSides() ? height : width, swapsSides() ? width : height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = upright.createGraphics();
        try {
            canvas.drawImage(image, turn(width, height), null);
        } finally {
            canvas.dispose();
        }
        return upright;
    }

    /**
     * Where a part of the upright picture is stored.
     *
     * @param width of the stored picture
     */
    Rectangle stored(Rectangle upright, int width, int height) {
        try {
            return turn(width, height)
                    .createInverse()
                    .createTransformedShape(upright)
                    .getBounds();
        } catch (NoninvertibleTransformException e) {
            throw new AssertionError("every turn can be undone", e);
        }
    }

    /** Where a stored pixel goes, as x' = m00 x + m01 y + m02, y' = m10 x + m11 y + m12. */
    private AffineTransform turn(int width, int height) {
        return switch (value) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
            default -> new AffineTransform();
        };
    }
}
