package athanor.people.tflite;

import athanor.pictures.Pixels;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;

/**
 * A picture as the detectors look at it: squares of pixels averaged by the largest whole number that leaves {@value #LONG_SIDE}
 * pixels or more on the long side. What comes out of it is in pixels of the picture itself again.
 */
final class Preview {

    private static final int LONG_SIDE = 1024;

    private static final int CHANNELS = 3;

    private static final int MOST_SAMPLES = 3; // along each side

    private final byte[] bgr;
    private final int width;
    private final int height;
    private final int shrunk;

    private Preview(byte[] bgr, int width, int height, int shrunk) {
        this.bgr = bgr;
        this.width = width;
        this.height = height;
        this.shrunk = shrunk;
    }

    static Preview of(BufferedImage picture) {
        BufferedImage opaque = Pixels.opaque(picture);
        byte[] pixels = ((DataBufferByte) opaque.getRaster().getDataBuffer()).getData();
        int factor = Math.max(1, Math.max(opaque.getWidth(), opaque.getHeight()) / LONG_SIDE);
        return factor == 1
                ? new Preview(pixels, opaque.getWidth(), opaque.getHeight(), 1)
                : averaged(pixels, opaque.getWidth(), opaque.getHeight(), factor);
    }

    /** Pixels at the right and lower edge that fill no whole square are left out; a thin picture keeps at least one line. */
    private static Preview averaged(byte[] pixels, int width, int height, int factor) {
        int columns = Math.max(1, width / factor);
        int rows = Math.max(1, height / factor);
        int across = Math.min(factor, width);
        int down = Math.min(factor, height);
        byte[] averaged = new byte[columns * rows * CHANNELS];
        int[] sums = new int[columns * CHANNELS];
        for (int row = 0; row < rows; row++) {
            Arrays.fill(sums, 0);
            for (int line = 0; line < down; line++) {
                int at = (row * factor + line) * width * CHANNELS;
                for (int column = 0; column < columns; column++) {
                    for (int k = 0; k < across; k++) {
                        for (int channel = 0; channel < CHANNELS; channel++) {
                            sums[column * CHANNELS + channel] += pixels[at++] & 0xff;
                        }
                    }
                }
            }
            int cell = across * down;
            for (int i = 0; i < sums.length; i++) {
                averaged[row * sums.length + i] = (byte) ((sums[i] + cell / 2) / cell);
            }
        }
        return new Preview(averaged, columns, rows, factor);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    Rectangle whole() {
        return new Rectangle(width, height);
    }

    /** How many pixels of the picture one of these is wide. */
    int shrunk() {
        return shrunk;
    }

    /**
     * Fits a region into the middle of a square; what stays free is black.
     *
     * @param region in pixels of this preview
     * @param darkest what black becomes; white becomes 1
     */
    Letterbox letterbox(Rectangle region, int side, float darkest) {
        double scale = (double) side / Math.max(region.width, region.height);
        int across = Math.max(1, (int) Math.round(region.width * scale));
        int down = Math.max(1, (int) Math.round(region.height * scale));
        int left = (side - across) / 2;
        int top = (side - down) / 2;
        float[] rgb = new float[side * side * CHANNELS];
        Arrays.fill(rgb, darkest);
        fill(rgb, side, left, top, region, Axis.of(region.width, across), Axis.of(region.height, down), darkest);
        return new Letterbox(rgb, scale / shrunk, left - region.x * scale, top - region.y * scale);
    }

    /** The whole picture as a square, whatever its proportions; black is 0 and white 1. */
    float[] stretched(int side) {
        float[] rgb = new float[side * side * CHANNELS];
        fill(rgb, side, 0, 0, whole(), Axis.of(width, side), Axis.of(height, side), 0);
        return rgb;
    }

    private void fill(
            float[] rgb, int side, int left, int top, Rectangle region, Axis across, Axis down, float darkest) {
        float[] line = new float[region.width * CHANNELS];
        float contrast = (1 - darkest) / 255;
        for (int y = 0; y < down.first().length; y++) {
            Arrays.fill(line, 0);
            float[] rows = down.weights()[y];
            for (int k = 0; k < rows.length; k++) {
                int at = ((region.y + down.first()[y] + k) * width + region.x) * CHANNELS;
                for (int i = 0; i < line.length; i++) {
                    line[i] += rows[k] * (bgr[at + i] & 0xff);
                }
            }
            for (int x = 0; x < across.first().length; x++) {
                float[] columns = across.weights()[x];
                int to = ((top + y) * side + left + x) * CHANNELS;
                for (int channel = 0; channel < CHANNELS; channel++) {
                    float sum = 0;
                    for (int k = 0; k < columns.length; k++) {
                        sum += columns[k] * line[(across.first()[x] + k) * CHANNELS + channel];
                    }
                    rgb[to + CHANNELS - 1 - channel] = darkest + contrast * sum; // networks read RGB
                }
            }
        }
    }

    /**
     * Cuts a turned square out; what is outside of the picture is black. Where the square shrinks, each of its pixels is the mean
     * of up to nine samples: one alone makes noise of fine texture, and people of patterned clothes.
     *
     * @return side x side x 3, black is 0 and white 1
     */
    float[] cutOut(TurnedSquare square, int side) {
        int samples = (int) Math.min(MOST_SAMPLES, Math.max(1, Math.ceil(square.size() / shrunk / side)));
        float[] rgb = new float[side * side * CHANNELS];
        float[] sum = new float[CHANNELS];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                Arrays.fill(sum, 0);
                for (int k = 0; k < samples * samples; k++) {
                    double inX = (x + (k % samples + 0.5) / samples) / side;
                    double inY = (y + (k / samples + 0.5) / samples) / side;
                    addSample(square.x(inX, inY) / shrunk - 0.5, square.y(inX, inY) / shrunk - 0.5, sum);
                }
                for (int channel = 0; channel < CHANNELS; channel++) {
                    rgb[(y * side + x) * CHANNELS + CHANNELS - 1 - channel] = sum[channel] / (255f * samples * samples);
                }
            }
        }
        return rgb;
    }

    private void addSample(double x, double y, float[] sum) {
        int left = (int) Math.floor(x);
        int upper = (int) Math.floor(y);
        if (left < -1 || upper < -1 || left >= width || upper >= height) {
            return;
        }
        float toRight = (float) (x - left);
        float toLower = (float) (y - upper);
        addPixel(left, upper, (1 - toRight) * (1 - toLower), sum);
        addPixel(left + 1, upper, toRight * (1 - toLower), sum);
        addPixel(left, upper + 1, (1 - toRight) * toLower, sum);
        addPixel(left + 1, upper + 1, toRight * toLower, sum);
    }

    private void addPixel(int x, int y, float weight, float[] sum) {
        if (x < 0 || y < 0 || x >= width || y >= height) {
            return;
        }
        int at = (y * width + x) * CHANNELS;
        for (int channel = 0; channel < CHANNELS; channel++) {
            sum[channel] += weight * (bgr[at + channel] & 0xff);
        }
    }
}
