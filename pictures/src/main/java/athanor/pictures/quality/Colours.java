package athanor.pictures.quality;

import java.util.Arrays;

/**
 * Whether a picture is drawn: few colours, in areas that are exactly even. Measures of photographs say nothing about such a
 * picture, which has neither focus nor noise.
 */
final class Colours {

    private static final int BITS = 5;

    /** Colours that cover so much of a picture are counted. */
    private static final double COVERED = 0.9;

    /** Of photographs hardly one is below a hundred, of drawings hardly one above twenty. */
    private static final int MOST_COLOURS = 24;

    /** Pixels that equal their left neighbour in every bit: a tenth of a photograph, nine tenths of a drawing. */
    private static final double LEAST_EVEN = 0.5;

    private final int[] histogram = new int[1 << 3 * BITS];
    private long even;
    private long pixels;

    void row(byte[] bgr) {
        for (int at = 3; at + 2 < bgr.length; at += 3) {
            int blue = bgr[at] & 0xff;
            int green = bgr[at + 1] & 0xff;
            int red = bgr[at + 2] & 0xff;
            histogram[blue >> 3 << 10 | green >> 3 << 5 | red >> 3]++;
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
