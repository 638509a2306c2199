package athanor.plan.buckets;

import athanor.contracts.Size;
import java.util.Locale;

/**
 * How one picture gets into its bucket: scaled so that it covers the bucket, then cut around its middle.
 *
 * @param original upright size, pixels
 * @param resized size after scaling, pixels; at least the bucket in both directions
 * @param bucket size at which it is trained, pixels
 */
public record Placement(Size original, Size resized, Size bucket) {

    /** An enlargement beyond it invents more than half of the pixels that a network would learn from. */
    public static final double MOST_ENLARGEMENT = 1.25;

    public Placement {
        if (resized.width() < bucket.width() || resized.height() < bucket.height()) {
            throw new IllegalArgumentException(
                    "a picture scaled to %s does not cover the bucket %s".formatted(resized, bucket));
        }
    }

    /** Rows cut off above, in the scaled picture. */
    public int cropTop() {
        return (resized.height() - bucket.height()) / 2;
    }

    /** Columns cut off at the left, in the scaled picture. */
    public int cropLeft() {
        return (resized.width() - bucket.width()) / 2;
    }

    /** Length in the scaled picture of one original pixel; the larger direction where rounding made two. */
    public double scale() {
        return Math.max((double) resized.width() / original.width(), (double) resized.height() / original.height());
    }

    /** Share of the picture's area that the cut removes, 0 to 1. */
    public double cropShare() {
        return 1 - (double) bucket.pixels() / resized.pixels();
    }

    /** Pixels trained for each pixel photographed, at most 1: what scaling down and cutting leave of it. */
    public double pixelsKept() {
        return Math.min(1, (double) bucket.pixels() / original.pixels());
    }

    /** Whether it would have to be enlarged too much to be trained on. */
    public boolean refused() {
        return scale() > MOST_ENLARGEMENT;
    }

    /** Why, and what to do. */
    public String refusal() {
        return String.format(
                Locale.ROOT,
                "it is %s and would be enlarged %.2f times to %s, the least that can be trained; more than %.2f times is not trained on: find a larger one",
                original,
                scale(),
                resized,
                MOST_ENLARGEMENT);
    }

    public boolean upscaled() {
        return resized.width() > original.width() || resized.height() > original.height();
    }
}
