package athanor.plan.buckets;

import athanor.contracts.Size;
import java.util.Locale;

/**
 * How one picture gets into its bucket: scaled so that it covers the bucket, then cut.
 *
 * @param original upright size, pixels
 * @param resized size after scaling, pixels; at least the bucket in both directions
 * @param bucket size at which it is trained, pixels
 * @param cropLeft columns cut off at the left, in the scaled picture
 * @param cropTop rows cut off above, in the scaled picture
 */
public record Placement(Size original, Size resized, Size bucket, int cropLeft, int cropTop) {

    /** An enlargement beyond it invents more than half of the pixels that a network would learn from. */
    public static final double MOST_ENLARGEMENT = 1.25;

    public Placement {
        if (resized.width() < bucket.width() || resized.height() < bucket.height()) {
            throw new IllegalArgumentException(
                    "a picture scaled to %s does not cover the bucket %s".formatted(resized, bucket));
        }
        if (cropLeft < 0
                || cropTop < 0
                || cropLeft > resized.width() - bucket.width()
                || cropTop > resized.height() - bucket.height()) {
            throw new IllegalArgumentException("a cut of %s at %d, %d is not within the scaled picture of %s"
                    .formatted(bucket, cropLeft, cropTop, resized));
        }
    }

    /** Cut around the middle. */
    public Placement(Size original, Size resized, Size bucket) {
        this(
                original,
                resized,
                bucket,
                (resized.width() - bucket.width()) / 2,
                (resized.height() - bucket.height()) / 2);
    }

    /** The same picture, cut elsewhere: as far as it reaches. */
    public Placement cutAt(int left, int top) {
        return new Placement(
                original,
                resized,
                bucket,
                Math.max(0, Math.min(resized.width() - bucket.width(), left)),
                Math.max(0, Math.min(resized.height() - bucket.height(), top)));
    }

    /** The same picture, scaled to cover another bucket and cut around the middle. */
    public Placement in(Size other) {
        double scale = Math.max((double) other.width() / original.width(), (double) other.height() / original.height());
        Size covering =
                new Size(Math.max(other.width(), (int) (original.width() * scale + 0.5)), Math.max(other.height(), (int)
                        (original.height() * scale + 0.5)));
        return new Placement(original, covering, other);
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
