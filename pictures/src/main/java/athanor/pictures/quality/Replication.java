package athanor.pictures.quality;

import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * How often a picture was enlarged by repeating its pixels. Where a column only repeats its neighbour, the step to it is all but
 * gone, though the steps on both sides of it are as large as ever; photographs have no such columns, whatever their texture.
 */
final class Replication {

    /** A step of less than this part of the larger ones on both sides is none. JPEG of quality 90 leaves a third. */
    private static final double GONE = 0.45;

    /** So far on both sides; pictures enlarged more than four times are found by what is left between. */
    private static final int REACH = 3;

    /** Doubled, and saved as JPEG of quality 90, photographs have 0.24 and more such columns, undamaged ones at most 0.17. */
    private static final double LEAST_SHARE = 0.2;

    private Replication() {}

    /** 1 for a picture whose pixels are its own. */
    static double enlargement(List<Luma> tiles) {
        double across = share(tiles, true);
        double down = share(tiles, false);
        double share = Math.min(across, down);
        return share < LEAST_SHARE ? 1 : Math.max(2, Math.round(1 / (1 - share)));
    }

    private static double share(List<Luma> tiles, boolean across) {
        int gone = 0;
        int all = 0;
        for (Luma tile : tiles) {
            double[] steps = steps(across ? tile.width() : tile.height(), line -> step(tile, line, across));
            for (int i = REACH; i < steps.length - REACH; i++) {
                double before = largest(steps, i - REACH, i);
                double after = largest(steps, i + 1, i + 1 + REACH);
                gone += steps[i] < GONE * Math.min(before, after) ? 1 : 0;
                all++;
            }
        }
        return all == 0 ? 0 : (double) gone / all;
    }

    private static double[] steps(int lines, IntToDoubleFunction step) {
        double[] steps = new double[lines - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = step.applyAsDouble(i);
        }
        return steps;
    }

    /** From a line to the next, added up along it. */
    private static double step(Luma tile, int line, boolean across) {
        double sum = 0;
        int length = across ? tile.height() : tile.width();
        for (int i = 0; i < length; i++) {
            sum += across
                    ? Math.abs(tile.at(line + 1, i) - tile.at(line, i))
                    : Math.abs(tile.at(i, line + 1) - tile.at(i, line));
        }
        return sum;
    }

    private static double largest(double[] steps, int from, int until) {
        double largest = 0;
        for (int i = from; i < until; i++) {
            largest = Math.max(largest, steps[i]);
        }
        return largest;
    }
}
