package athanor.pictures.quality;

import athanor.pictures.Exposure;

/**
 * How often each level occurs in a picture, but for a white ground: things and people that stand free before white paper are well
 * lit, however much of the picture the paper takes. Ground is what is white from the left or right edge of the picture inwards.
 */
final class Levels {

    /** What is ground almost everywhere has no subject that could be lit, and is white. */
    private static final double LEAST_SUBJECT = 0.02;

    private final long[] histogram = new long[256];
    private long subject;
    private long ground;

    void row(byte[] luma) {
        int from = 0;
        while (from < luma.length && isWhite(luma[from])) {
            from++;
        }
        int until = luma.length;
        while (until > from && isWhite(luma[until - 1])) {
            until--;
        }
        for (int x = from; x < until; x++) {
            histogram[luma[x] & 0xff]++;
        }
        subject += until - from;
        ground += luma.length - until + from;
    }

    private static boolean isWhite(byte level) {
        return (level & 0xff) > Exposure.WHITE;
    }

    Exposure exposure() {
        if (subject >= LEAST_SUBJECT * (subject + ground)) {
            return Exposure.of(histogram);
        }
        long[] all = histogram.clone();
        all[255] += ground;
        return Exposure.of(all);
    }
}
