package athanor.pictures;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;

/**
 * One picture being resampled. First down, then across: what is made of a row by a weight is the same for all of its samples, which
 * the processor does eight at a time, and only the few rows that come out are walked through across.
 *
 * <p>Rows come in batches. Each is added to all the rows of the result that it is part of, while it is in the cache; these sums
 * are all that is kept of the picture, a few hundred kilobytes of a photograph of 24 megapixels.
 */
final class Resampling {

    /** Rows that are added together, so that sums are fetched and put back once for all of them. */
    private static final int BATCH = 4;

    /** Samples of these rows, and of one sum, that fit into the nearest cache together. */
    private static final int STRIP = 1024;

    private static final float[] GIVEN_BACK = {};

    private final PixelRows from;
    private final LanczosKernel across;
    private final LanczosKernel down;
    private final Rectangle kept;
    private final BufferedImage result;
    private final byte[] coded;
    private final float[][] light;
    private final float[][] sums;

    Resampling(PixelRows from, int width, int height, Rectangle kept) {
        this.from = from;
        this.kept = kept;
        across = new LanczosKernel(from.width(), width);
        down = new LanczosKernel(from.height(), height);
        result = new BufferedImage(kept.width, kept.height, BufferedImage.TYPE_3BYTE_BGR);
        coded = new byte[from.width() * Resize.CHANNELS];
        int columns = across.end(kept.x + kept.width - 1) - across.first(kept.x);
        light = new float[BATCH][columns * Resize.CHANNELS];
        sums = new float[height][];
    }

    BufferedImage result() {
        int samples = light[0].length;
        int end = kept.y + kept.height;
        int finished = kept.y;
        int begun = kept.y;
        for (int row = 0; finished < end; row += BATCH) {
            take(row);
            while (begun < end && down.first(begun) < row + BATCH) {
                sums[begun++] = new float[samples];
            }
            for (int strip = 0; strip < samples; strip += STRIP) {
                for (int y = finished; y < begun; y++) {
                    add(sums[y], strip, Math.min(samples, strip + STRIP), row, y);
                }
            }
            while (finished < begun && down.end(finished) <= row + BATCH) {
                finish(finished++);
            }
        }
        return result;
    }

    /** What stands above is passed over. Below the last row the batch keeps what it had, at no weight. */
    private void take(int row) {
        for (int i = 0; i < BATCH && row + i < from.height(); i++) {
            from.next(coded);
            if (row + i >= down.first(kept.y)) {
                LinearLight.decode(coded, across.first(kept.x) * Resize.CHANNELS, light[i]);
            }
        }
    }

    private void add(float[] sum, int begin, int end, int row, int y) {
        float weight0 = down.weight(y, row);
        float weight1 = down.weight(y, row + 1);
        float weight2 = down.weight(y, row + 2);
        float weight3 = down.weight(y, row + 3);
        float[] row0 = light[0];
        float[] row1 = light[1];
        float[] row2 = light[2];
        float[] row3 = light[3];
        for (int i = begin; i < end; i++) {
            sum[i] += weight0 * row0[i] + weight1 * row1[i] + weight2 * row2[i] + weight3 * row3[i];
        }
    }

    private void finish(int y) {
        float[] row = across.apply(sums[y], kept.x, kept.width);
        LinearLight.encode(row, Resize.bytes(result), (y - kept.y) * row.length);
        sums[y] = GIVEN_BACK;
    }
}
