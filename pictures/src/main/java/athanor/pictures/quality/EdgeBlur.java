package athanor.pictures.quality;

import java.util.Arrays;
import java.util.List;
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

    private static final double SHARPEST = 0.2;

    /** What is narrower than this cannot be told from it. */
    private static final double NARROWEST = 0.3;

    /** An edge that a second blur flattens by less is too wide to be measured. */
    private static final double FLATTENED = 1.01;

    private static final double WIDEST = 10;

    private EdgeBlur() {}

    static OptionalDouble of(Luma picture) {
        return of(List.of(picture));
    }

    /** Of all edges of several parts of a picture. */
    static OptionalDouble of(List<Luma> parts) {
        double[] widths = parts.stream()
                .flatMapToDouble(part -> Arrays.stream(widths(part, part.blurred(SIGMA_0))))
                .sorted()
                .toArray();
        return widths.length < LEAST_EDGES
                ? OptionalDouble.empty()
                : OptionalDouble.of(widths[(int) (widths.length * SHARPEST)]);
    }

    /**
     * The same of a picture whose noise makes edges of its own: it is blurred by a sigma of 1 first, which the result is freed of.
     */
    static OptionalDouble ofNoisy(Luma picture) {
        OptionalDouble both = of(picture.blurred(1));
        return both.isEmpty()
                ? both
                : OptionalDouble.of(Math.sqrt(Math.max(NARROWEST * NARROWEST, Math.pow(both.getAsDouble(), 2) - 1)));
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
                    widths[count++] =
                            ratio <= FLATTENED ? WIDEST : Math.max(NARROWEST, SIGMA_0 / Math.sqrt(ratio * ratio - 1));
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
