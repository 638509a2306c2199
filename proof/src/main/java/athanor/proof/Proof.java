package athanor.proof;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * What was measured of a LoRA.
 *
 * @param instances pictures of the subject that the measures were made from
 * @param separation how well held-out instance pictures are told from the base's: area under the ROC curve
 * @param identityFloor the identity of what the base draws of the class
 * @param trials in the order in which they were tried
 * @param recommended one of them
 * @param sightsKnown whether anybody could tell framings and broken figures
 * @param envelope the recommended one at other sizes, the smallest first; empty where none were tried or could be drawn
 * @param withoutLora one picture of each prompt of the class, and of the class, by the base alone
 */
public record Proof(
        ProofPlan plan,
        int instances,
        double separation,
        Estimate identityFloor,
        List<ProvedTrial> trials,
        ProvedTrial recommended,
        boolean sightsKnown,
        List<AtSize> envelope,
        List<BufferedImage> withoutLora) {

    /** Below this a measure cannot be relied on. */
    static final double TELLING = 0.8;

    public Proof {
        trials = List.copyOf(trials);
        envelope = List.copyOf(envelope);
        withoutLora = List.copyOf(withoutLora);
    }

    /** The finished LoRA as it was trained. */
    public ProvedTrial asTrained() {
        return Choice.asTrained(trials);
    }
}
