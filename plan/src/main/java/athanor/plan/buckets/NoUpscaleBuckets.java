package athanor.plan.buckets;

import athanor.contracts.Size;

/**
 * Kohya's {@code bucket_no_upscale} (sd-scripts, {@code BucketManager.select_bucket}): a picture larger than the
 * area is scaled down to about the area, a smaller one keeps its size; the bucket is what is left when each side
 * is cut to the step.
 *
 * <p>One addition: kohya's rule gives a small picture a bucket that no base draws anything in, or one of no height. Here it is
 * enlarged to the shortest side that is trained at, and {@link Placement#upscaled()} says so.
 *
 * @param area the recipe's area, pixels; only its product counts
 * @param step every bucket side is a multiple of it, pixels
 * @param shortest side of a bucket, pixels
 */
record NoUpscaleBuckets(Size area, int step, int shortest) implements BucketRule {

    @Override
    public Placement place(Size picture) {
        Size resized = coveringTheLeast(scaledDown(picture));
        Size bucket = new Size(BucketGrid.down(resized.width(), step), BucketGrid.down(resized.height(), step));
        return new Placement(picture, resized, bucket);
    }

    private Size scaledDown(Size picture) {
        double budget = area.pixels();
        if (picture.pixels() <= budget) {
            return picture;
        }
        double ratio = (double) picture.width() / picture.height();
        double idealWidth = Math.sqrt(budget * ratio);
        double idealHeight = budget / idealWidth;

        // Two candidates: the width on the grid and the height from it, or the other way round.
        int width = onGrid(idealWidth);
        double widthFirst = (double) width / onGrid(width / ratio);
        int height = onGrid(idealHeight);
        double heightFirst = (double) onGrid(height * ratio) / height;

        return Math.abs(widthFirst - ratio) < Math.abs(heightFirst - ratio)
                ? new Size(width, (int) (width / ratio + 0.5))
                : new Size((int) (height * ratio + 0.5), height);
    }

    /** Never zero, so that a panorama of one step's height still has a ratio. */
    private int onGrid(double pixels) {
        return Math.max(step, BucketGrid.down((int) (pixels + 0.5), step));
    }

    /** A panorama gets a bucket of one step rather than one larger than the area: memory was planned for that. */
    private Size coveringTheLeast(Size size) {
        double toShortest = scale(size, shortest);
        if (size.pixels() * toShortest * toShortest <= area.pixels()) {
            return covering(size, shortest, toShortest);
        }
        return covering(size, step, scale(size, step));
    }

    private static double scale(Size size, int least) {
        return Math.max(1, (double) least / Math.min(size.width(), size.height()));
    }

    private static Size covering(Size size, int least, double scale) {
        return scale == 1
                ? size
                : new Size(Math.max(least, (int) (size.width() * scale + 0.5)), Math.max(least, (int)
                        (size.height() * scale + 0.5)));
    }
}
