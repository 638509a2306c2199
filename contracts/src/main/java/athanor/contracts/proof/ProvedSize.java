package athanor.contracts.proof;

import athanor.contracts.Check;
import org.jspecify.annotations.Nullable;

/**
 * What became of a LoRA at a size that it was not trained at.
 *
 * @param times the trained size, in each direction
 * @param identity how far pictures with the trigger show the subject
 * @param floor the same of what the base alone draws of the class at that size
 * @param broken pictures that show more than one figure, or one in parts; absent where that is not known
 */
public record ProvedSize(
        double times,
        Estimate identity,
        Estimate floor,
        @Nullable Estimate broken) {

    public ProvedSize {
        Check.between(0, 16, times, "times");
        Check.present(identity, "identity");
        Check.present(floor, "floor");
    }
}
