package athanor.diffusion.lora;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the proof of a LoRA wrote into its file about where it was measured. Anybody may have written it, so what cannot be read
 * counts as not said.
 *
 * @param leastStrength that was measured; null where the file does not say
 * @param mostStrength that was measured; null where the file does not say
 * @param holdsTo the edge up to which it was seen to hold, times the trained one; null where the file does not say
 */
public record MeasuredUse(
        @Nullable Double leastStrength,
        @Nullable Double mostStrength,
        @Nullable Double holdsTo) {

    /** {@code {"strengths":[0.6,1.0,1.2],…}}; what else is there is for people. */
    public static final String PROOF = "athanor.proof";

    /** {@code {"holdsTo":1.25,"identity":{"1.25":{…},"1.5":{…}}}}; how likely the subject is at each size is for people. */
    public static final String ENVELOPE = "athanor.envelope";

    private static final double MOST = 16;

    static @Nullable MeasuredUse of(Map<String, @Nullable Object> proof, Map<String, @Nullable Object> envelope) {
        List<Double> strengths = new ArrayList<>();
        if (proof.get("strengths") instanceof List<?> told) {
            for (Object strength : told) {
                if (strength instanceof Number number && isSane(number.doubleValue())) {
                    strengths.add(number.doubleValue());
                }
            }
        }
        Double holdsTo = envelope.get("holdsTo") instanceof Number number && isSane(number.doubleValue())
                ? number.doubleValue()
                : null;
        if (strengths.isEmpty() && holdsTo == null) {
            return null;
        }
        return new MeasuredUse(
                strengths.stream().min(Double::compare).orElse(null),
                strengths.stream().max(Double::compare).orElse(null),
                holdsTo);
    }

    private static boolean isSane(double number) {
        return number > 0 && number <= MOST;
    }
}
