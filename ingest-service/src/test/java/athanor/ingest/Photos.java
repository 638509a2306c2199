package athanor.ingest;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures that differ by their number. */
final class Photos {

    private Photos() {}

    static byte[] photo(int number, String format) {
        return written(pixels(number), format);
    }

    /** The same as a mirror shows it. */
    static byte[] mirrored(int number) {
        BufferedImage image = pixels(number);
        BufferedImage mirrored = new BufferedImage(image.getWidth(), image.getHeight(), image.getType());
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                mirrored.setRGB(image.getWidth() - 1 - x, y, image.getRGB(x, y));
            }
        }
        return written(mirrored, "png");
    }

    private static BufferedImage pixels(int number) {
        BufferedImage image = new BufferedImage(96, 64, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(number);
        for (int i = 0; i < 96 * 64; i++) {
            image.setRGB(i % 96, i / 96, random.nextInt());
        }
        return image;
    }

    private static byte[] written(BufferedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
