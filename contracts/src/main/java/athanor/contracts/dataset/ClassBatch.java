package athanor.contracts.dataset;

import athanor.contracts.Check;
import athanor.contracts.Size;
import athanor.contracts.recipe.RecipeLimits;

/**
 * How many class pictures of one size.
 */
public record ClassBatch(Size size, int count) {

    public ClassBatch {
        Check.present(size, "size");
        Check.that(size.pixels() <= 2 * RecipeLimits.PIXELS, "nothing draws a picture of %s", size);
        Check.atLeast(1, count, "count");
    }
}
