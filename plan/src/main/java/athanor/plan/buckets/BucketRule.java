package athanor.plan.buckets;

import athanor.contracts.Size;

/** Decides at which size a picture is trained and how it gets there. */
public interface BucketRule {

    /**
     * @param picture upright size in pixels
     * @return the bucket, and the size to which the picture is scaled before the bucket is cut out of it
     */
    Placement place(Size picture);

    /**
     * The rule that Athanor uses: nothing is enlarged. A picture that is smaller than the area keeps its own
     * pixels and gets a smaller bucket; a network that was shown invented pixels learns their softness.
     */
    static BucketRule forArea(Size area) {
        BucketGrid grid = BucketGrid.forArea(area);
        return new NoUpscaleBuckets(area, grid.step(), grid.shortestSide());
    }
}
