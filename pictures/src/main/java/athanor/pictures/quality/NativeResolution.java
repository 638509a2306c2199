package athanor.pictures.quality;

import athanor.pictures.Measured;
import java.util.List;
import java.util.OptionalDouble;

/**
 * By how much a picture was enlarged, told from what enlarging cannot invent: power in the higher half of the frequencies. Of the
 * spectrum of the sharpest tiles, first all is looked at, then what would be left of it after reducing 1.5, 2, 3 and 4 times; the
 * first that falls no faster than a camera's is what the picture really has. AI upscalers invent high frequencies and are not found.
 */
final class NativeResolution {

    private static final double[] REDUCTIONS = {1, 1.5, 2, 3, Measured.MOST_ENLARGEMENT};

    /**
     * Fall from the first to the second band, in dB. Of 42 good photographs in four sizes and qualities 1 in a hundred falls faster,
     * of their copies enlarged 2, 3 and 4 times, by three kernels, saved as JPEG or not, 97 in a hundred.
     */
    static final double MOST_FALL = 13.3;

    /** In cycles a pixel: structure that every photograph has, and what the least enlargement of 2 takes away. */
    private static final double LOW_FROM = 0.08;

    private static final double LOW_TO = 0.16;
    private static final double HIGH_FROM = 0.24;
    private static final double HIGH_TO = 0.32;

    /**
     * Across half of the frequencies that a picture can have, which is where those of one that was enlarged twice end: from a band close
     * below to a band close above. Lanczos makes 13.5 dB and more; photographs have 14.5 at most.
     */
    private static final double CLIFF = 12.5;

    /**
     * The same from bands farther apart. Of 204 photographs none falls by more than 22.8 dB; enlarged twice by Lanczos they fall by 30, by
     * a cubic kernel by 24 and more. So steep, it needs no other witness.
     */
    private static final double STEEP_CLIFF = 23.5;

    /**
     * No edge of an enlarged picture is narrower, pixels: twice by Lanczos usually leaves 0.36 and more, other kernels more than that.
     * Soft subjects fall as fast as enlarged ones, but for an edge somewhere.
     */
    private static final double SHARPEST_ENLARGED = 0.34;

    private static final int LEAST_TILES = 2;

    /** Less power than this in the first band is no texture, levels squared. */
    private static final double LEAST_POWER = 1;

    private NativeResolution() {}

    /**
     * @param tiles the sharpest of the picture
     * @param edges sigma of the blur of their sharpest edges, pixels
     * @return 1 for a picture that has what its size promises; at most 4, which also stands for more
     */
    static OptionalDouble enlargement(List<Luma> tiles, OptionalDouble edges) {
        if (tiles.size() < LEAST_TILES) {
            return OptionalDouble.empty();
        }
        double replicated = Replication.enlargement(tiles);
        if (replicated > 1) {
            return OptionalDouble.of(Math.min(Measured.MOST_ENLARGEMENT, replicated));
        }
        Spectrum spectrum = new Spectrum();
        tiles.forEach(spectrum::add);
        if (Doubling.in(tiles)) {
            OptionalDouble fallen = byFall(spectrum, true);
            return fallen.isEmpty() ? fallen : OptionalDouble.of(Math.max(2, fallen.getAsDouble()));
        }
        boolean steep = Math.min(steepCliff(spectrum.across()), steepCliff(spectrum.down())) > STEEP_CLIFF;
        if (!steep && edges.orElse(SHARPEST_ENLARGED) < SHARPEST_ENLARGED) {
            return OptionalDouble.of(1);
        }
        return byFall(spectrum, steep || Math.min(cliff(spectrum.across()), cliff(spectrum.down())) > CLIFF);
    }

    /** @param ended something else says that the picture does not have what its size promises */
    private static OptionalDouble byFall(Spectrum spectrum, boolean ended) {
        for (double reduction : REDUCTIONS) {
            if (power(spectrum.across(), LOW_FROM, LOW_TO, reduction) < LEAST_POWER
                    && power(spectrum.down(), LOW_FROM, LOW_TO, reduction) < LEAST_POWER) {
                return OptionalDouble.empty();
            }
            // A picture blurred by motion keeps its resolution in one direction.
            if (!(ended && reduction == 1)
                    && Math.min(fall(spectrum.across(), reduction), fall(spectrum.down(), reduction)) <= MOST_FALL) {
                return OptionalDouble.of(reduction);
            }
        }
        return OptionalDouble.of(Measured.MOST_ENLARGEMENT);
    }

    /** How much fainter the second band is, dB, after the picture was reduced. */
    private static double fall(double[] spectrum, double reduction) {
        return decibels(spectrum, LOW_FROM, LOW_TO, reduction) - decibels(spectrum, HIGH_FROM, HIGH_TO, reduction);
    }

    private static double cliff(double[] spectrum) {
        return decibels(spectrum, 0.17, 0.225, 1) - decibels(spectrum, 0.29, 0.36, 1);
    }

    private static double steepCliff(double[] spectrum) {
        return decibels(spectrum, 0.12, 0.18, 1) - decibels(spectrum, 0.36, 0.46, 1);
    }

    /** Mean of the frequencies in dB, so that none of them outweighs the others. */
    private static double decibels(double[] spectrum, double from, double to, double reduction) {
        int first = bin(from / reduction);
        int last = Math.max(first + 1, bin(to / reduction));
        double sum = 0;
        for (int i = first; i < last; i++) {
            sum += 10 * Math.log10(spectrum[i] + 1e-3);
        }
        return sum / (last - first);
    }

    private static double power(double[] spectrum, double from, double to, double reduction) {
        return Math.pow(10, decibels(spectrum, from, to, reduction) / 10);
    }

    private static int bin(double cyclesAPixel) {
        return (int) (cyclesAPixel * Spectrum.SIZE);
    }
}
