package athanor.pictures.quality;

import java.util.Arrays;

/**
 * Hashes that hardly change when a picture is resized, recompressed, brightened or cut a little: dHash (Krawetz 2013, "Kind of
 * like that") and pHash (the low frequencies of a cosine transform; Zauner 2010, section 3.2.1), 64 bits each.
 */
record PerceptualHash(long dHash, long pHash, long mirroredDHash, long mirroredPHash) {

    private static final int CELLS = 8;
    private static final int DCT = 32;

    /** How much a row or column may vary and still be part of a border, in levels. */
    private static final int UNIFORM = 10;

    /** Of each side, at most a quarter is taken for a border. */
    private static final int BORDER = 4;

    private static final double[][] COSINES = new double[CELLS][DCT];

    static {
        for (int k = 0; k < CELLS; k++) {
            for (int n = 0; n < DCT; n++) {
                COSINES[k][n] = Math.cos(Math.PI * (n + 0.5) * k / DCT);
            }
        }
    }

    static PerceptualHash of(Luma picture) {
        Luma trimmed = withoutBorder(picture);
        float[] nine = trimmed.shrunk(CELLS + 1, CELLS).levels();
        float[] many = trimmed.shrunk(DCT, DCT).levels();
        return new PerceptualHash(
                dHash(nine), pHash(many), dHash(mirrored(nine, CELLS + 1)), pHash(mirrored(many, DCT)));
    }

    private static long dHash(float[] cells) {
        long bits = 0;
        for (int y = 0; y < CELLS; y++) {
            for (int x = 0; x < CELLS; x++) {
                int at = y * (CELLS + 1) + x;
                bits = bits << 1 | (cells[at + 1] > cells[at] ? 1 : 0);
            }
        }
        return bits;
    }

    /** The constant part is left out of the median, because it says only how bright the picture is. */
    private static long pHash(float[] cells) {
        double[][] across = new double[DCT][CELLS];
        for (int y = 0; y < DCT; y++) {
            for (int k = 0; k < CELLS; k++) {
                for (int x = 0; x < DCT; x++) {
                    across[y][k] += COSINES[k][x] * cells[y * DCT + x];
                }
            }
        }
        double[] lowest = new double[CELLS * CELLS];
        for (int ky = 0; ky < CELLS; ky++) {
            for (int kx = 0; kx < CELLS; kx++) {
                for (int y = 0; y < DCT; y++) {
                    lowest[ky * CELLS + kx] += COSINES[ky][y] * across[y][kx];
                }
            }
        }
        double[] sorted = Arrays.copyOfRange(lowest, 1, lowest.length);
        Arrays.sort(sorted);
        double median = sorted[sorted.length / 2];
        long bits = 0;
        for (int i = 1; i < lowest.length; i++) {
            bits = bits << 1 | (lowest[i] > median ? 1 : 0);
        }
        return bits;
    }

    private static float[] mirrored(float[] cells, int width) {
        float[] mirrored = new float[cells.length];
        for (int i = 0; i < cells.length; i++) {
            int x = i % width;
            mirrored[i - x + width - 1 - x] = cells[i];
        }
        return mirrored;
    }

    /** Frames and letterbox bars shift every cell; without them a framed copy hashes as its original. */
    static Luma withoutBorder(Luma picture) {
        int left = 0;
        int right = picture.width();
        int top = 0;
        int bottom = picture.height();
        while (top < picture.height() / BORDER && uniform(picture, 0, top, picture.width(), top + 1)) {
            top++;
        }
        while (bottom > picture.height() - picture.height() / BORDER
                && uniform(picture, 0, bottom - 1, picture.width(), bottom)) {
            bottom--;
        }
        while (left < picture.width() / BORDER && uniform(picture, left, top, left + 1, bottom)) {
            left++;
        }
        while (right > picture.width() - picture.width() / BORDER && uniform(picture, right - 1, top, right, bottom)) {
            right--;
        }
        return picture.cut(left, top, right - left, bottom - top);
    }

    private static boolean uniform(Luma picture, int left, int top, int right, int bottom) {
        float least = Float.MAX_VALUE;
        float most = -Float.MAX_VALUE;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                float level = picture.at(x, y);
                least = Math.min(least, level);
                most = Math.max(most, level);
            }
        }
        return most - least <= UNIFORM;
    }
}
