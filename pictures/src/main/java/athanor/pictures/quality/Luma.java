package athanor.pictures.quality;

import athanor.pictures.Pixels;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;

/**
 * Brightness without colour (ITU-R BT.601), 0 to 255, gamma-coded as the eye sees steps.
 *
 * @param levels row by row
 */
record Luma(int width, int height, float[] levels) {

    static Luma of(BufferedImage image) {
        BufferedImage bgr = Pixels.opaque(image);
        byte[] bytes = ((DataBufferByte) bgr.getRaster().getDataBuffer()).getData();
        float[] levels = new float[bgr.getWidth() * bgr.getHeight()];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = 0.114f * (bytes[3 * i] & 0xff)
                    + 0.587f * (bytes[3 * i + 1] & 0xff)
                    + 0.299f * (bytes[3 * i + 2] & 0xff);
        }
        return new Luma(bgr.getWidth(), bgr.getHeight(), levels);
    }

    float at(int x, int y) {
        return levels[y * width + x];
    }

    /** Blurred by a Gaussian that is cut off at three sigma; the edge is repeated. */
    Luma blurred(double sigma) {
        int reach = Math.max(1, (int) Math.ceil(3 * sigma));
        float[] kernel = new float[2 * reach + 1];
        double sum = 0;
        for (int i = -reach; i <= reach; i++) {
            sum += Math.exp(-i * i / (2 * sigma * sigma));
        }
        for (int i = -reach; i <= reach; i++) {
            kernel[i + reach] = (float) (Math.exp(-i * i / (2 * sigma * sigma)) / sum);
        }
        float[] across = new float[levels.length];
        float[] longer = new float[width + 2 * reach];
        for (int y = 0; y < height; y++) {
            int row = y * width;
            Arrays.fill(longer, 0, reach, levels[row]);
            System.arraycopy(levels, row, longer, reach, width);
            Arrays.fill(longer, reach + width, longer.length, levels[row + width - 1]);
            for (int i = 0; i < kernel.length; i++) {
                float weight = kernel[i];
                for (int x = 0; x < width; x++) {
                    across[row + x] += weight * longer[x + i];
                }
            }
        }
        float[] out = new float[levels.length];
        for (int y = 0; y < height; y++) {
            for (int i = -reach; i <= reach; i++) {
                int from = Math.max(0, Math.min(height - 1, y + i)) * width;
                float weight = kernel[i + reach];
                for (int x = 0; x < width; x++) {
                    out[y * width + x] += weight * across[from + x];
                }
            }
        }
        return new Luma(width, height, out);
    }

    Luma cut(int left, int top, int cutWidth, int cutHeight) {
        float[] cut = new float[cutWidth * cutHeight];
        for (int y = 0; y < cutHeight; y++) {
            System.arraycopy(levels, (top + y) * width + left, cut, y * cutWidth, cutWidth);
        }
        return new Luma(cutWidth, cutHeight, cut);
    }

    /** Mean of each cell, for pictures that become tiny; cells share no pixel and miss none. */
    Luma shrunk(int newWidth, int newHeight) {
        float[] small = new float[newWidth * newHeight];
        for (int y = 0; y < newHeight; y++) {
            double top = (double) y * height / newHeight;
            double bottom = (double) (y + 1) * height / newHeight;
            for (int x = 0; x < newWidth; x++) {
                small[y * newWidth + x] =
                        mean((double) x * width / newWidth, top, (double) (x + 1) * width / newWidth, bottom);
            }
        }
        return new Luma(newWidth, newHeight, small);
    }

    private float mean(double left, double top, double right, double bottom) {
        double sum = 0;
        double weights = 0;
        for (int y = (int) top; y < Math.min(height, Math.ceil(bottom)); y++) {
            double tall = Math.min(bottom, y + 1) - Math.max(top, y);
            for (int x = (int) left; x < Math.min(width, Math.ceil(right)); x++) {
                double weight = tall * (Math.min(right, x + 1) - Math.max(left, x));
                sum += weight * at(x, y);
                weights += weight;
            }
        }
        return (float) (sum / weights);
    }
}
