package athanor.appraisal.bench;

import athanor.pictures.Pixels;
import athanor.pictures.Resize;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** What people and programs do to photographs. Each way makes a new picture. */
final class Spoil {

    private static final int CHANNELS = 3;

    private Spoil() {}

    static BufferedImage blurred(BufferedImage picture, double sigma) {
        int reach = (int) Math.ceil(3 * sigma);
        float[] kernel = new float[2 * reach + 1];
        double sum = 0;
        for (int i = -reach; i <= reach; i++) {
            sum += Math.exp(-i * i / (2 * sigma * sigma));
        }
        for (int i = -reach; i <= reach; i++) {
            kernel[i + reach] = (float) (Math.exp(-i * i / (2 * sigma * sigma)) / sum);
        }
        return along(along(picture, kernel, 1, 0), kernel, 0, 1);
    }

    /** @param stepX and stepY the direction of the motion, -1 to 1 */
    static BufferedImage moved(BufferedImage picture, int pixels, int stepX, int stepY) {
        float[] kernel = new float[pixels];
        java.util.Arrays.fill(kernel, 1f / pixels);
        return along(picture, kernel, stepX, stepY);
    }

    private static BufferedImage along(BufferedImage picture, float[] kernel, int stepX, int stepY) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        byte[] from = bytes(picture);
        byte[] to = bytes(result);
        int reach = kernel.length / 2;
        float[] sums = new float[CHANNELS];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                sums[0] = sums[1] = sums[2] = 0.5f;
                for (int k = 0; k < kernel.length; k++) {
                    int column = Math.max(0, Math.min(width - 1, x + (k - reach) * stepX));
                    int row = Math.max(0, Math.min(height - 1, y + (k - reach) * stepY));
                    int at = (row * width + column) * CHANNELS;
                    for (int c = 0; c < CHANNELS; c++) {
                        sums[c] += kernel[k] * (from[at + c] & 0xff);
                    }
                }
                for (int c = 0; c < CHANNELS; c++) {
                    to[(y * width + x) * CHANNELS + c] = (byte) Math.min(255, (int) sums[c]);
                }
            }
        }
        return result;
    }

    static BufferedImage levels(BufferedImage picture, IntUnaryOperator change) {
        BufferedImage result = Pixels.opaqueCopy(picture);
        byte[] samples = bytes(result);
        byte[] table = new byte[256];
        for (int i = 0; i < table.length; i++) {
            table[i] = (byte) Math.max(0, Math.min(255, change.applyAsInt(i)));
        }
        for (int i = 0; i < samples.length; i++) {
            samples[i] = table[samples[i] & 0xff];
        }
        return result;
    }

    static BufferedImage noisy(BufferedImage picture, double deviation) {
        BufferedImage result = Pixels.opaqueCopy(picture);
        byte[] samples = bytes(result);
        Random random = new Random(7);
        for (int i = 0; i < samples.length; i++) {
            long level = Math.round((samples[i] & 0xff) + deviation * random.nextGaussian());
            samples[i] = (byte) Math.max(0, Math.min(255, level));
        }
        return result;
    }

    /** Lanczos, in linear light. */
    static BufferedImage resized(BufferedImage picture, double factor) {
        return Resize.to(picture, times(picture.getWidth(), factor), times(picture.getHeight(), factor));
    }

    /** @param kernel one of Java's interpolations; none of them is widened, so this is for enlarging */
    static BufferedImage enlarged(BufferedImage picture, double factor, Object kernel) {
        int width = times(picture.getWidth(), factor);
        int height = times(picture.getHeight(), factor);
        BufferedImage large = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = large.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, kernel);
        canvas.drawImage(picture, 0, 0, width, height, null);
        canvas.dispose();
        return large;
    }

    private static int times(int length, double factor) {
        return (int) Math.max(1, Math.round(length * factor));
    }

    /** Parts of the width and height that are left. */
    static BufferedImage cut(BufferedImage picture, double left, double top, double width, double height) {
        return Pixels.opaqueCopy(picture.getSubimage(
                (int) (picture.getWidth() * left),
                (int) (picture.getHeight() * top),
                (int) (picture.getWidth() * width),
                (int) (picture.getHeight() * height)));
    }

    static BufferedImage mirrored(BufferedImage picture) {
        return drawn(
                picture,
                new AffineTransform(-1, 0, 0, 1, picture.getWidth(), 0),
                RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    }

    /** Turned about the middle, with the corners cut off that would be empty. */
    static BufferedImage turned(BufferedImage picture, double degrees) {
        AffineTransform turn = AffineTransform.getRotateInstance(
                Math.toRadians(degrees), picture.getWidth() / 2.0, picture.getHeight() / 2.0);
        BufferedImage turned = drawn(picture, turn, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        double longOverShort = (double) Math.max(picture.getWidth(), picture.getHeight())
                / Math.min(picture.getWidth(), picture.getHeight());
        double lost = Math.sin(Math.toRadians(Math.abs(degrees))) * longOverShort;
        return cut(turned, lost / 2, lost / 2, 1 - lost, 1 - lost);
    }

    private static BufferedImage drawn(BufferedImage picture, AffineTransform how, Object kernel) {
        BufferedImage result = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = result.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, kernel);
        canvas.drawImage(picture, how, null);
        canvas.dispose();
        return result;
    }

    /** What is left of a picture that was saved with this quality, 1 to 100. */
    static BufferedImage saved(BufferedImage picture, int quality) {
        try {
            return Pixels.opaque(ImageIO.read(new ByteArrayInputStream(jpeg(picture, quality))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] jpeg(BufferedImage picture, int quality) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(quality / 100f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(BufferedImage picture) {
        return ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
    }
}
