package athanor.pictures.quality;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The quality, as libjpeg counts, of the coarsest save as JPEG that left its traces in a picture, however it was saved since.
 * What JPEG rounded to multiples of a step stays near them: of the frequencies of its blocks of 8 x 8 pixels, no amplitude lies
 * between nothing and the first step. (Fan and de Queiroz 2003, section III, in its simplest form.)
 */
final class EarlierSave {

    private static final int BLOCK = 8;

    /** The lowest frequencies, which every block has some of, down and across; and their steps in table K.1 of ITU T.81. */
    private static final int[][] FREQUENCIES = {{0, 1}, {1, 0}, {1, 1}, {0, 2}, {2, 0}, {1, 2}, {2, 1}};

    private static final double[] STANDARD_STEPS = {11, 12, 12, 10, 14, 14, 13};

    /** What rounding to whole levels, and a good save afterwards, make of nothing. */
    private static final float NOTHING = 4;

    /** So many of what is not nothing may lie below the first step, where a light or dark block was clipped. */
    private static final double BELOW = 0.1;

    private static final int LEAST_AMPLITUDES = 100;

    private static final float[][] COSINES = new float[3][BLOCK];

    static {
        for (int k = 0; k < COSINES.length; k++) {
            double scale = k == 0 ? Math.sqrt(1.0 / BLOCK) : Math.sqrt(2.0 / BLOCK);
            for (int n = 0; n < BLOCK; n++) {
                COSINES[k][n] = (float) (scale * Math.cos(Math.PI * (n + 0.5) * k / BLOCK));
            }
        }
    }

    private EarlierSave() {}

    /**
     * @param tiles whose upper left corners lie on multiples of 8 pixels of the stored picture
     * @param left columns before the first block, 0 to 7: a picture that was cut since has its blocks elsewhere
     * @param top rows before the first block
     */
    static OptionalDouble quality(List<Luma> tiles, int left, int top) {
        double[] scales = new double[FREQUENCIES.length];
        int count = 0;
        for (int i = 0; i < FREQUENCIES.length; i++) {
            double step = firstStep(tiles, left, top, FREQUENCIES[i][0], FREQUENCIES[i][1]);
            if (step > 0) {
                scales[count++] = step / STANDARD_STEPS[i];
            }
        }
        if (count == 0) {
            return OptionalDouble.empty();
        }
        Arrays.sort(scales, 0, count);
        double percent = 100 * scales[count / 2];
        // libjpeg's jpeg_quality_scaling, backwards
        double quality = percent <= 100 ? (200 - percent) / 2 : 5000 / percent;
        return OptionalDouble.of(Math.max(1, Math.min(100, quality)));
    }

    /** 0 where there is too little to tell. */
    private static double firstStep(List<Luma> tiles, int left, int top, int down, int across) {
        float[] amplitudes = new float[tiles.size() * (Spectrum.SIZE / BLOCK) * (Spectrum.SIZE / BLOCK)];
        int count = 0;
        for (Luma tile : tiles) {
            for (int y = top; y + BLOCK <= tile.height(); y += BLOCK) {
                for (int x = left; x + BLOCK <= tile.width(); x += BLOCK) {
                    float amplitude = Math.abs(amplitude(tile, x, y, COSINES[across], COSINES[down]));
                    if (amplitude > NOTHING) {
                        amplitudes[count++] = amplitude;
                    }
                }
            }
        }
        if (count < LEAST_AMPLITUDES) {
            return 0;
        }
        Arrays.sort(amplitudes, 0, count);
        return amplitudes[(int) (BELOW * count)];
    }

    private static float amplitude(Luma tile, int left, int top, float[] across, float[] down) {
        float sum = 0;
        for (int y = 0; y < BLOCK; y++) {
            float row = 0;
            for (int x = 0; x < BLOCK; x++) {
                row += across[x] * tile.at(left + x, top + y);
            }
            sum += down[y] * row;
        }
        return sum;
    }
}
