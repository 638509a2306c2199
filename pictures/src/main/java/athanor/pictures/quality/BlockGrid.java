package athanor.pictures.quality;

import java.util.OptionalDouble;

/**
 * How much the steps between pixels grow on the 8 x 8 grid of JPEG, as a ratio to the steps elsewhere: 1 without any grid. Only the
 * stored pixels show it, so it is taken before turning and resizing; a picture that was cut after it was compressed has its grid at
 * another phase, so the strongest of eight counts. (Wang, Sheikh and Bovik 2002, section 2, in its simplest form.)
 */
final class BlockGrid {

    private static final int GRID = 8;

    /** Real edges are larger than what a quantiser makes, and would drown it. */
    private static final int LARGEST_STEP = 24;

    /** Added to both steps, so that a grid of half a level in an even sky is not called strong; levels. */
    private static final double INVISIBLE = 1;

    private static final int LEAST_SIDE = 64;

    private final long[] across = new long[GRID];
    private final long[] acrossCount = new long[GRID];
    private final long[] down = new long[GRID];
    private final long[] downCount = new long[GRID];

    /**
     * @param above the row before, for the steps downwards
     * @param every columns of which one is looked at for the steps downwards
     * @param withAcross whether the steps along this row are looked at
     */
    void row(int y, byte[] luma, byte[] above, int every, boolean withAcross) {
        if (withAcross) {
            int before = luma[0] & 0xff;
            for (int x = 1; x < luma.length; x++) {
                int here = luma[x] & 0xff;
                across[x & GRID - 1] += Math.min(LARGEST_STEP, Math.abs(here - before));
                before = here;
            }
            for (int phase = 0; phase < GRID; phase++) {
                acrossCount[phase] += (luma.length - 1 - (phase + GRID - 1) % GRID + GRID - 1) / GRID;
            }
        }
        if (y > 0) {
            long sum = 0;
            for (int x = 0; x < luma.length; x += every) {
                sum += Math.min(LARGEST_STEP, Math.abs((luma[x] & 0xff) - (above[x] & 0xff)));
            }
            down[y & GRID - 1] += sum;
            downCount[y & GRID - 1] += (luma.length + every - 1) / every;
        }
    }

    OptionalDouble blockiness(int width, int height) {
        if (Math.min(width, height) < LEAST_SIDE) {
            return OptionalDouble.empty();
        }
        double besideColumns = strength(across, acrossCount, left());
        double besideRows = strength(down, downCount, top());
        return OptionalDouble.of((besideColumns + besideRows) / 2);
    }

    /** Columns before the first line of the strongest grid, 0 to 7. */
    int left() {
        return strongest(across, acrossCount);
    }

    /** Rows before its first line. */
    int top() {
        return strongest(down, downCount);
    }

    private static int strongest(long[] steps, long[] counts) {
        int strongest = 0;
        for (int phase = 1; phase < GRID; phase++) {
            if (strength(steps, counts, phase) > strength(steps, counts, strongest)) {
                strongest = phase;
            }
        }
        return strongest;
    }

    private static double strength(long[] steps, long[] counts, int phase) {
        long others = 0;
        long otherCount = 0;
        for (int other = 0; other < GRID; other++) {
            if (other != phase) {
                others += steps[other];
                otherCount += counts[other];
            }
        }
        double elsewhere = (double) others / otherCount;
        double here = (double) steps[phase] / counts[phase];
        return (here + INVISIBLE) / (elsewhere + INVISIBLE);
    }
}
