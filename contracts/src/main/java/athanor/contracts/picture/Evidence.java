package athanor.contracts.picture;

import org.jspecify.annotations.Nullable;

/**
 * What a finding rests on. Its unit is that of the finding's code.
 *
 * @param number what was measured
 * @param threshold what it was compared with
 * @param other name of the other picture that the finding speaks of
 * @param keep which of the two has more to give
 */
public record Evidence(
        @Nullable Double number,
        @Nullable Double threshold,
        @Nullable String other,
        @Nullable String keep) {

    public static Evidence measured(double number, double threshold) {
        return new Evidence(number, threshold, null, null);
    }

    public static Evidence likeness(String other, String keep) {
        return new Evidence(null, null, other, keep);
    }
}
