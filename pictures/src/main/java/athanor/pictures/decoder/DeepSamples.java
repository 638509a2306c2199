package athanor.pictures.decoder;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import org.jspecify.annotations.Nullable;

/**
 * Samples of 16 and 32 bits and floating-point ones as 8 bits. Java's own drawing is slow with the first, takes grey beside
 * transparency for linear light, and knows nothing of the others.
 */
final class DeepSamples implements Colours {

    private final double white;

    private DeepSamples(double white) {
        this.white = white;
    }

    /** Nothing when the picture is an ordinary one of 8 bits or less, or one of inks. */
    static @Nullable DeepSamples of(BufferedImage image) {
        ColorModel model = image.getColorModel();
        int space = model.getColorSpace().getType();
        boolean known = model instanceof ComponentColorModel
                && !model.isAlphaPremultiplied()
                && (space == ColorSpace.TYPE_GRAY || space == ColorSpace.TYPE_RGB);
        if (!known) {
            return null;
        }
        return switch (image.getRaster().getTransferType()) {
            case DataBuffer.TYPE_BYTE ->
                space == ColorSpace.TYPE_GRAY && model.hasAlpha() ? new DeepSamples(255) : null;
            case DataBuffer.TYPE_USHORT -> new DeepSamples(65535);
            case DataBuffer.TYPE_INT, DataBuffer.TYPE_FLOAT, DataBuffer.TYPE_DOUBLE ->
                new DeepSamples(whiteFor(greatest(image.getRaster(), model.getNumColorComponents())));
            default -> null;
        };
    }

    /** Programs write grey levels as 0 to 1, as 8 bits, as 16 bits or up to the largest number there is. */
    private static double whiteFor(double greatest) {
        if (greatest <= 1) {
            return 1;
        }
        if (greatest <= 255) {
            return 255;
        }
        return greatest <= 65535 ? 65535 : 4294967295.0;
    }

    private static double greatest(Raster samples, int bands) {
        double greatest = 0;
        double[] row = new double[samples.getWidth() * samples.getNumBands()];
        for (int y = 0; y < samples.getHeight(); y++) {
            samples.getPixels(0, y, samples.getWidth(), 1, row);
            for (int i = 0; i < row.length; i++) {
                if (i % samples.getNumBands() < bands) {
                    greatest = Math.max(greatest, unsigned(samples, row[i]));
                }
            }
        }
        return greatest;
    }

    /** Java hands out integers of 32 bits with a sign. */
    private static double unsigned(Raster samples, double value) {
        return value < 0 && samples.getTransferType() == DataBuffer.TYPE_INT ? value + 4294967296.0 : value;
    }

    @Override
    public BufferedImage toSrgb(BufferedImage decoded) {
        Raster samples = decoded.getRaster();
        int width = decoded.getWidth();
        int bands = samples.getNumBands();
        int colours = decoded.getColorModel().getNumColorComponents();
        boolean clear = decoded.getColorModel().hasAlpha();
        BufferedImage srgb = new BufferedImage(width, decoded.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        byte[] bgr = ((DataBufferByte) srgb.getRaster().getDataBuffer()).getData();
        double[] row = new double[width * bands];
        int at = 0;
        for (int y = 0; y < decoded.getHeight(); y++) {
            samples.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                double covered = clear ? row[x * bands + colours] / white : 1;
                for (int c = 2; c >= 0; c--) {
                    double value = unsigned(samples, row[x * bands + (colours == 1 ? 0 : c)]) / white;
                    double level = 255 * (value * covered + 1 - covered);
                    bgr[at++] = (byte) (Math.max(0, Math.min(255, level)) + 0.5);
                }
            }
        }
        return srgb;
    }
}
