package athanor.proof;

import java.util.Locale;

/**
 * One way to use a LoRA.
 *
 * @param step of the training whose checkpoint it is
 * @param strength how much it counts; 1 is as trained
 */
public record Trial(int step, double strength) {

    /** {@code step 200 at strength 0.8}. */
    public String words() {
        return String.format(Locale.ROOT, "step %d at strength %s", step, strengthWords());
    }

    /** {@code 0.8}, {@code 1}. */
    public String strengthWords() {
        return strength == Math.rint(strength) ? String.valueOf((long) strength) : String.valueOf(strength);
    }
}
