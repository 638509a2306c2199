package athanor.sample.verdict;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * How far the pictures of a prompt went towards the instance pictures in the subject's colours, with the 95 % interval of their mean
 * (Student's): 0 as the base draws it, 1 as much of the colours as the instance pictures have.
 */
record Way(double mean, double low, double high) {

    private static final double TWO_SIDED = 0.975;

    /** To each side of a single picture, which says nothing of how others vary. */
    private static final double OF_ONE = 0.25;

    static final Way NONE = new Way(0, 0, 0);

    static Way of(SubjectColours colours, PromptPictures pictures) {
        double before = colours.in(pictures.without());
        double whole = Math.max(1e-9, colours.inInstances() - before);
        double[] ways = pictures.with().stream()
                .mapToDouble(picture -> (colours.in(List.<BufferedImage>of(picture)) - before) / whole)
                .toArray();
        int n = ways.length;
        double mean = 0;
        for (double way : ways) {
            mean += way / n;
        }
        double squares = 0;
        for (double way : ways) {
            squares += (way - mean) * (way - mean);
        }
        double reach = n < 2
                ? OF_ONE
                : new TDistribution(n - 1.0).inverseCumulativeProbability(TWO_SIDED) * Math.sqrt(squares / (n - 1) / n);
        return new Way(atLeastNothing(mean), atLeastNothing(mean - reach), atLeastNothing(mean + reach));
    }

    /** Whether all of the interval is as much as that. */
    boolean isAtLeast(double part) {
        return low >= part;
    }

    boolean isLessThan(double part) {
        return high < part;
    }

    /** {@code 26 % (18-34 %)}. */
    String words() {
        return String.format(Locale.ROOT, "%.0f %% (%.0f-%.0f %%)", 100 * mean, 100 * low, 100 * high);
    }

    private static double atLeastNothing(double way) {
        return Math.max(0, way) + 0.0; // never "-0 %"
    }
}
