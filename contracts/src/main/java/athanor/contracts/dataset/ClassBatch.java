package athanor.contracts.dataset;

import athanor.contracts.Check;
import athanor.contracts.Size;

/**
 * How many class pictures of one size.
 */
public record ClassBatch(Size size, int count) {

    public ClassBatch {
        Check.present(size, "size");
        Check.atLeast(1, count, "count");
    }
}
