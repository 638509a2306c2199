package athanor.pictures.quality;

import java.util.Arrays;

/**
 * Whether a picture is drawn: few colours, each the same in every bit, in areas that are exactly even. Measures of photographs say
 * nothing about such a picture, which has neither focus nor noise.
 */
final class Colours {

    private static final int BITS = 15;

    /** Spreads colours over the table; two that share a place count as one, which only pictures of many colours have. */
    private static final int SPREAD = 0x9e3779b1;

    /** Colours that cover so much of a picture are counted. */
    private static final double COVERED = 0.9;

    /** Flat drawings have 16 at most; the darkest photographs without colour that were seen have 22. */
    private static final int MOST_COLOURS = 20;

    /** Pixels that equal their left neighbour in every bit: 0.87 and more of a drawing, hardly a third of a photograph. */
    private static final double LEAST_EVEN = 0.8;

    private final int[] histogram = new int[1 << BITS];
    private long even;
    private long pixels;

    void row(byte[] bgr) {
        for (int at = 3; at + 2 < bgr.length; at += 3) {
            int blue = bgr[at] & 0xff;
            int green = bgr[at + 1] & 0xff;
            int red = bgr[at + 2] & 0xff;
            histogram[(blue << 16 | green << 8 | red) * SPREAD >>> Integer.SIZE - BITS]++;
            if (bgr[at] == bgr[at - 3] && bgr[at + 1] == bgr[at - 2] && bgr[at + 2] == bgr[at - 1]) {
                even++;
            }
        }
        pixels += bgr.length / 3 - 1;
    }

    boolean drawn() {
        return even() >= LEAST_EVEN && covering() <= MOST_COLOURS;
    }

    double even() {
        return (double) even / pixels;
    }

    int covering() {
        int[] sorted = histogram.clone();
        Arrays.sort(sorted);
        long sum = 0;
        int colours = 0;
        while (sum < COVERED * pixels) {
            sum += sorted[sorted.length - ++colours];
        }
        return colours;
    }
}
