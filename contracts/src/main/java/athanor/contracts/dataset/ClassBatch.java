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
        Check.that(
                size.pixels() <= 2 * RecipeLimits.PIXELS,
                "a class picture of %s is too large: at most %d pixels are drawn; lower training.area",
                size,
                2 * RecipeLimits.PIXELS);
        Check.atLeast(1, count, "count");
    }
}
