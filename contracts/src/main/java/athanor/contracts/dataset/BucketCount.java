package athanor.contracts.dataset;

import athanor.contracts.Check;
import athanor.contracts.Size;

/**
 * How many pictures train at one size.
 */
public record BucketCount(Size size, int instances, int classPictures) {

    public BucketCount {
        Check.present(size, "size");
        Check.atLeast(0, instances, "instances");
        Check.atLeast(0, classPictures, "classPictures");
    }
}
