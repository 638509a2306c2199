package athanor.console.run;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;

/** A picture of our own services made small. A page of them asks for many at once, and memory shall not grow with it. */
final class Thumbnail {

    private static final int LARGEST = 1280;
    private static final Semaphore AT_ONCE = new Semaphore(2);

    private Thumbnail() {}

    static byte[] of(InputStream png, int wanted) throws IOException {
        int width = Math.min(LARGEST, wanted);
        AT_ONCE.acquireUninterruptibly();
        try {
            BufferedImage picture = ImageIO.read(png);
            if (picture == null) {
                throw new IOException("no picture");
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(picture.getWidth() <= width ? picture : shrunk(picture, width), "png", bytes);
            return bytes.toByteArray();
        } finally {
            AT_ONCE.release();
        }
    }

    /** By halves, so that every pixel counts. */
    private static BufferedImage shrunk(BufferedImage picture, int width) {
        BufferedImage now = picture;
        while (now.getWidth() > width) {
            int next = Math.max(width, now.getWidth() / 2);
            int height = Math.max(1, (int) Math.round((double) now.getHeight() * next / now.getWidth()));
            BufferedImage smaller = new BufferedImage(next, height, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = smaller.createGraphics();
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(now, 0, 0, next, height, null);
            graphics.dispose();
            now = smaller;
        }
        return now;
    }
}
