package athanor.pictures.quality;

import athanor.pictures.Measured;
import athanor.pictures.PixelRows;
import athanor.pictures.Pixels;
import athanor.pictures.Resize;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
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

    /** What a decoder would measure of this picture. */
    static Measured measured(BufferedImage picture) {
        byte[] pixels = bytes(picture);
        MeasuredRows rows = new MeasuredRows(
                new PixelRows() {
                    private int row;

                    @Override
                    public int width() {
                        return picture.getWidth();
                    }

                    @Override
                    public int height() {
                        return picture.getHeight();
                    }

                    @Override
                    public void next(byte[] bgr) {
                        System.arraycopy(pixels, row++ * bgr.length, bgr, 0, bgr.length);
                    }
                },
                true);
        double scale = Math.min(1, (double) Measured.LONG_SIDE / Math.max(picture.getWidth(), picture.getHeight()));
        BufferedImage usual = Resize.to(
                rows, (int) Math.round(picture.getWidth() * scale), (int) Math.round(picture.getHeight() * scale));
        return rows.measured(usual, picture.getWidth(), picture.getHeight(), 1, OptionalDouble.empty());
    }

    static List<Weakness.Kind> weaknesses(BufferedImage picture) {
        return Weaknesses.of(measured(picture), 1).stream().map(Weakness::kind).toList();
    }

    static BufferedImage blurred(BufferedImage picture, double sigma) {
        return eachChannel(picture, channel -> channel.blurred(sigma));
    }

    /** @param length pixels, odd; the motion goes from left to right */
    static BufferedImage moved(BufferedImage picture, int length) {
        return eachChannel(picture, channel -> {
            float[] levels = new float[channel.levels().length];
            for (int i = 0; i < levels.length; i++) {
                int x = i % channel.width();
                for (int k = -length / 2; k <= length / 2; k++) {
                    int from = Math.max(0, Math.min(channel.width() - 1, x + k));
                    levels[i] += channel.levels()[i - x + from] / length;
                }
            }
            return new Luma(channel.width(), channel.height(), levels);
        });
    }

    static BufferedImage noisy(BufferedImage picture, double deviation) {
        Random random = new Random(5);
        return eachChannel(picture, channel -> each(channel, level -> level + random.nextGaussian() * deviation));
    }

    static BufferedImage brightened(BufferedImage picture, double factor) {
        return eachChannel(picture, channel -> each(channel, level -> level * factor));
    }

    private static Luma each(Luma channel, DoubleUnaryOperator change) {
        float[] levels = channel.levels().clone();
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (float) change.applyAsDouble(levels[i]);
        }
        return new Luma(channel.width(), channel.height(), levels);
    }

    private static BufferedImage eachChannel(BufferedImage picture, UnaryOperator<Luma> change) {
        BufferedImage changed =
                new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        byte[] from = bytes(picture);
        byte[] to = bytes(changed);
        for (int c = 0; c < 3; c++) {
            float[] levels = new float[from.length / 3];
            for (int i = 0; i < levels.length; i++) {
                levels[i] = from[3 * i + c] & 0xff;
            }
            Luma channel = change.apply(new Luma(picture.getWidth(), picture.getHeight(), levels));
            for (int i = 0; i < levels.length; i++) {
                to[3 * i + c] = (byte) Math.max(0, Math.min(255, Math.round(channel.levels()[i])));
            }
        }
        return changed;
    }

    static BufferedImage cut(BufferedImage picture, int left, int top, int width, int height) {
        return Pixels.opaqueCopy(picture.getSubimage(left, top, width, height));
    }

    static BufferedImage mirrored(BufferedImage picture) {
        BufferedImage mirrored =
                new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = mirrored.createGraphics();
        canvas.drawImage(picture, picture.getWidth(), 0, -picture.getWidth(), picture.getHeight(), null);
        canvas.dispose();
        return mirrored;
    }

    static BufferedImage half(BufferedImage picture) {
        return Resize.to(picture, picture.getWidth() / 2, picture.getHeight() / 2);
    }

    static BufferedImage read(byte[] file) throws IOException {
        return Pixels.opaque(ImageIO.read(new ByteArrayInputStream(file)));
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
