package athanor.pictures.quality;

import java.util.List;
import java.util.OptionalDouble;

/**
 * By how much a picture was enlarged, told from what enlarging cannot invent: power in the highest frequencies. Of the spectrum of
 * the sharpest tiles, first all is looked at, then what would be left of it after reducing 1.5, 2, 3 and 4 times; the first that
 * looks as a camera's does is what the picture really has. AI upscalers invent high frequencies and are not found.
 */
final class NativeResolution {

    private static final double[] REDUCTIONS = {1, 1.5, 2, 3, 4};

    private static final int BANDS = 32;

    /** Fall from the low to the top bands, dB; a camera's pictures have 24, those enlarged twice 31 to 41. */
    static final double MOST_DROP = 32;

    /** Steepest fall over four bands, dB; a camera's have 8, those enlarged three times 16 and more. */
    static final double MOST_STEEP = 13;

    private static final int LEAST_TILES = 2;

    /** Less power than this in the low bands is no texture, levels squared. */
    private static final double LEAST_POWER = 1;

    private NativeResolution() {}

    /** @return 1 for a picture that has what its size promises; at most 4, which also stands for more */
    static OptionalDouble enlargement(List<SharpestTiles.Tile> tiles) {
        if (tiles.size() < LEAST_TILES) {
            return OptionalDouble.empty();
        }
        Spectrum spectrum = new Spectrum();
        tiles.forEach(tile -> spectrum.add(tile.luma()));
        double across = enlargement(spectrum.across());
        double down = enlargement(spectrum.down());
        return Double.isNaN(across + down) ? OptionalDouble.empty() : OptionalDouble.of(Math.min(across, down));
    }

    private static double enlargement(double[] power) {
        for (double reduction : REDUCTIONS) {
            double[] bands = bands(power, reduction);
            if (bands[4] < 10 * Math.log10(LEAST_POWER)) {
                return Double.NaN;
            }
            if (drop(bands) <= MOST_DROP && steepest(bands) <= MOST_STEEP) {
                return reduction;
            }
        }
        return REDUCTIONS[REDUCTIONS.length - 1];
    }

    /** Power in dB in bands up to the highest frequency that is left after reducing. */
    static double[] bands(double[] power, double reduction) {
        double[] bands = new double[BANDS];
        double used = power.length / reduction;
        for (int band = 0; band < BANDS; band++) {
            double from = Math.max(1, band * used / BANDS);
            double to = Math.max(from + 1e-3, (band + 1) * used / BANDS);
            double sum = 0;
            double weights = 0;
            for (int i = (int) from; i < Math.min(power.length, Math.ceil(to)); i++) {
                double weight = Math.min(to, i + 1) - Math.max(from, i);
                sum += weight * power[i];
                weights += weight;
            }
            bands[band] = 10 * Math.log10(sum / weights + 1e-6);
        }
        return bands;
    }

    static double drop(double[] bands) {
        double low = 0;
        double top = 0;
        for (int i = 4; i < 8; i++) {
            low += bands[i] / 4;
        }
        for (int i = 24; i < BANDS; i++) {
            top += bands[i] / 8;
        }
        return low - top;
    }

    static double steepest(double[] bands) {
        double steepest = 0;
        for (int i = 4; i + 4 < BANDS; i++) {
            steepest = Math.max(steepest, bands[i] - bands[i + 4]);
        }
        return steepest;
    }
}
