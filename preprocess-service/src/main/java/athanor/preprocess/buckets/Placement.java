package athanor.preprocess.buckets;

import athanor.contracts.Size;

/**
 * How one picture gets into its bucket: scaled so that it covers the bucket, then cut around its middle.
 *
 * @param original upright size, pixels
 * @param resized size after scaling, pixels; at least the bucket in both directions
 * @param bucket size at which it is trained, pixels
 */
public record Placement(Size original, Size resized, Size bucket) {

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

    public boolean upscaled() {
        return resized.width() > original.width() || resized.height() > original.height();
    }
}
