package athanor.pictures;

import java.util.Arrays;

/**
 * How a picture uses the range from black to white, of all pixels but those of a white ground around the subject.
 *
 * @param dark share of the luma below {@value #BLACK}, 0 to 1
 * @param bright share above {@value #WHITE}, 0 to 1
 * @param first the level below which 1 % lie, 0 to 255
 * @param last the level below which 99 % lie, 0 to 255
 */
public record Exposure(double dark, double bright, int first, int last) {

    static final int BLACK = 12;
    public static final int WHITE = 250;

    public Exposure {
        Range.check("share of dark pixels", dark, 0, 1);
        Range.check("share of bright pixels", bright, 0, 1);
        Range.check("first percentile", first, 0, 255);
        Range.check("last percentile", last, first, 255);
    }

    /** Levels between the first and the last percentile. */
    public int span() {
        return last - first;
    }

    /** @param histogram how many pixels have each of 256 levels */
    public static Exposure of(long[] histogram) {
        long all = Arrays.stream(histogram).sum();
        long dark = Arrays.stream(histogram, 0, BLACK).sum();
        long bright = Arrays.stream(histogram, WHITE + 1, 256).sum();
        return new Exposure(
                (double) dark / all,
                (double) bright / all,
                percentile(histogram, all, 0.01),
                percentile(histogram, all, 0.99));
    }

    private static int percentile(long[] histogram, long all, double share) {
        long below = 0;
        int level = 0;
        while (level < 255 && (below += histogram[level]) < share * all) {
            level++;
        }
        return level;
    }
}
