package athanor.contracts.picture;

import athanor.contracts.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the pictures that are trained on show their person, as they are cut: what a LoRA will be able to draw.
 *
 * @param framings those that are shown, the widest last
 * @param unknown pictures of which nobody knows
 * @param outliers pictures in framings of which there are too few, by name; also those that were left out for it
 */
public record FramingProfile(List<Shown> framings, int unknown, List<String> outliers) {

    public FramingProfile {
        framings = List.copyOf(Check.present(framings, "framings"));
        outliers = List.copyOf(Check.present(outliers, "outliers"));
        Check.atLeast(0, unknown, "unknown");
    }

    /**
     * One framing.
     *
     * @param pictures that show it
     * @param blurred those among them that were found to be blurred
     * @param taught whether there are enough of them to learn it
     * @param smallestHead height of the smallest head over the height of the trained picture; absent where none was measured
     * @param middleHead of the head in the middle of them
     * @param largestHead of the largest
     * @param edgeBlur width of the sharpest edges of the picture in the middle of them, pixels of the original; absent where not
     *     measured
     */
    public record Shown(
            Framing framing,
            int pictures,
            int blurred,
            boolean taught,
            @Nullable Double smallestHead,
            @Nullable Double middleHead,
            @Nullable Double largestHead,
            @Nullable Double edgeBlur) {

        public Shown {
            Check.present(framing, "framing");
            Check.atLeast(1, pictures, "pictures");
            Check.atLeast(0, blurred, "blurred");
        }
    }
}
