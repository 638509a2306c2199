package athanor.plan.buckets;

import athanor.contracts.Size;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Kohya's default rule (sd-scripts, {@code make_bucket_resolutions} and {@code BucketManager.select_bucket}): a
 * fixed set of sizes of about the area; a picture goes to the one with the nearest ratio of width to height and
 * is scaled to cover it, which may enlarge it.
 */
public final class FixedBuckets implements BucketRule {

    private final List<Size> buckets;

    /**
     * @param area pixels; only its product counts
     */
    public FixedBuckets(Size area, BucketGrid grid) {
        this.buckets = sizes(area.pixels(), grid);
    }

    /** Sorted by width, then height. */
    public List<Size> buckets() {
        return buckets;
    }

    private static List<Size> sizes(long area, BucketGrid grid) {
        TreeSet<Size> sizes = new TreeSet<>(Comparator.comparingInt(Size::width).thenComparingInt(Size::height));
        int square = BucketGrid.down((int) Math.sqrt((double) area), grid.step());
        sizes.add(new Size(square, square));
        for (int width = grid.min(); width <= grid.max(); width += grid.step()) {
            int height = Math.min(grid.max(), BucketGrid.down((int) (area / width), grid.step()));
            if (height >= grid.min()) {
                sizes.add(new Size(width, height));
                sizes.add(new Size(height, width));
            }
        }
        return List.copyOf(sizes);
    }

    @Override
    public Placement place(Size picture) {
        Size bucket = buckets.contains(picture) ? picture : nearestRatio(ratio(picture));
        // A picture wider than its bucket is matched in height, any other in width; the rest is cut.
        double scale = ratio(picture) > ratio(bucket)
                ? (double) bucket.height() / picture.height()
                : (double) bucket.width() / picture.width();
        Size resized = new Size((int) (picture.width() * scale + 0.5), (int) (picture.height() * scale + 0.5));
        return new Placement(picture, resized, bucket);
    }

    /** The first of equals in sort order, as kohya's {@code argmin} takes it. */
    private Size nearestRatio(double ratio) {
        return buckets.stream()
                .min(Comparator.comparingDouble(bucket -> Math.abs(ratio(bucket) - ratio)))
                .orElseThrow();
    }

    private static double ratio(Size size) {
        return (double) size.width() / size.height();
    }
}
