package athanor.pictures.quality;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/**
 * Made scenes whose statistics are those of photographs: dead leaves (Lee, Mumford and Huang 2001), discs of random size, place and
 * colour that cover one another, which gives edges at every scale, with a little texture on each.
 */
final class Scenes {

    private static final double LARGEST = 0.25;
    private static final double SMALLEST = 0.004;

    private Scenes() {}

    static BufferedImage scene(long seed, int width, int height) {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        byte[] pixels = bytes(image);
        int longSide = Math.max(width, height);
        for (int leaf = 0; leaf < 4000; leaf++) {
            // radius distributed as 1 / r^3, as scaling invariance asks for
            double u = random.nextDouble();
            double least = 1 / (LARGEST * LARGEST);
            double most = 1 / (SMALLEST * SMALLEST);
            double radius = Math.max(2, longSide / Math.sqrt(least + u * (most - least)));
            fill(pixels, width, height, random, radius);
        }
        return image;
    }

    private static void fill(byte[] pixels, int width, int height, Random random, double radius) {
        double centreX = random.nextDouble() * width;
        double centreY = random.nextDouble() * height;
        int[] colour = {20 + random.nextInt(215), 20 + random.nextInt(215), 20 + random.nextInt(215)};
        double waves = 0.2 + random.nextDouble() * 1.2;
        double angle = random.nextDouble() * Math.PI;
        for (int y = Math.max(0, (int) (centreY - radius)); y < Math.min(height, centreY + radius + 1); y++) {
            for (int x = Math.max(0, (int) (centreX - radius)); x < Math.min(width, centreX + radius + 1); x++) {
                double dx = x - centreX;
                double dy = y - centreY;
                // one pixel of the rim is partly covered
                double cover = Math.max(0, Math.min(1, radius - Math.sqrt(dx * dx + dy * dy) + 0.5));
                if (cover > 0) {
                    double texture = 8 * Math.sin(waves * (dx * Math.cos(angle) + dy * Math.sin(angle)));
                    int at = 3 * (y * width + x);
                    for (int c = 0; c < 3; c++) {
                        double was = pixels[at + c] & 0xff;
                        double level = was + cover * (colour[c] + texture - was);
                        pixels[at + c] = (byte) Math.max(0, Math.min(255, Math.round(level)));
                    }
                }
            }
        }
    }

    static byte[] bytes(BufferedImage image) {
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }

    /** @param quality 0 to 1, as Java's JPEG writer counts */
    static byte[] jpeg(BufferedImage image, float quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(quality);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
