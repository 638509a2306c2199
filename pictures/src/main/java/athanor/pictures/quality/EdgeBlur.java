package athanor.pictures.quality;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * How wide edges are: the sigma, in pixels, of the Gaussian that would blur ideal steps to what the sharpest edges of a picture
 * look like. Blurring once more by a known sigma flattens an edge by a ratio that depends on nothing but its width (Zhuo and Sim
 * 2011, section 3): {@code R = sqrt((sigma^2 + sigma0^2) / sigma^2)}. The sharpest edges are asked, not the mean, because a soft
 * background is wanted in a portrait.
 */
final class EdgeBlur {

    private static final double SIGMA_0 = 1.5;

    /** Edges that rise less than so many levels a pixel are noise, or no edges. */
    private static final double LEAST_SLOPE = 3;

    private static final int LEAST_EDGES = 60;

    private static final double SHARPEST = 0.15;

    /** What is narrower than this cannot be told from it. */
    private static final double NARROWEST = 0.3;

    private EdgeBlur() {}

    static OptionalDouble of(Luma picture) {
        return of(picture, SHARPEST);
    }

    static OptionalDouble of(Luma picture, double quantile) {
        double[] widths = widths(picture, picture.blurred(SIGMA_0));
        if (widths.length < LEAST_EDGES) {
            return OptionalDouble.empty();
        }
        Arrays.sort(widths);
        return OptionalDouble.of(widths[(int) (widths.length * quantile)]);
    }

    private static double[] widths(Luma picture, Luma blurred) {
        double[] widths = new double[picture.width() * picture.height() / 2];
        int count = 0;
        for (int y = 2; y < picture.height() - 2; y++) {
            for (int x = 2; x < picture.width() - 2 && count < widths.length; x++) {
                float dx = picture.at(x + 1, y) - picture.at(x - 1, y);
                float dy = picture.at(x, y + 1) - picture.at(x, y - 1);
                double slope = Math.sqrt(dx * dx + dy * dy) / 2;
                if (slope >= LEAST_SLOPE && isRidge(picture, x, y, dx, dy)) {
                    float bx = blurred.at(x + 1, y) - blurred.at(x - 1, y);
                    float by = blurred.at(x, y + 1) - blurred.at(x, y - 1);
                    double ratio = slope / Math.max(1e-3, Math.sqrt(bx * bx + by * by) / 2);
                    widths[count++] = ratio <= 1.005 ? 10 : Math.max(NARROWEST, SIGMA_0 / Math.sqrt(ratio * ratio - 1));
                }
            }
        }
        return Arrays.copyOf(widths, count);
    }

    /** Whether the slope is steepest here along its own direction. */
    private static boolean isRidge(Luma picture, int x, int y, float dx, float dy) {
        boolean across = Math.abs(dx) >= Math.abs(dy);
        float here = across ? Math.abs(dx) : Math.abs(dy);
        float before = across ? slopeX(picture, x - 1, y) : slopeY(picture, x, y - 1);
        float after = across ? slopeX(picture, x + 1, y) : slopeY(picture, x, y + 1);
        return here >= before && here > after;
    }

    private static float slopeX(Luma picture, int x, int y) {
        return Math.abs(picture.at(x + 1, y) - picture.at(x - 1, y));
    }

    private static float slopeY(Luma picture, int x, int y) {
        return Math.abs(picture.at(x, y + 1) - picture.at(x, y - 1));
    }
}
