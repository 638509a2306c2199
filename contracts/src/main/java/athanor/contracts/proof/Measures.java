package athanor.contracts.proof;

import athanor.contracts.Check;

/**
 * How good the measures themselves are.
 *
 * @param instances pictures of the subject that they were made from
 * @param separation how well held-out instance pictures are told from what the base draws: area under the ROC curve, 1 is
 *     perfect and 0.5 chance
 * @param identityFloor the identity that the base's own pictures have
 * @param framingSeparation the same as separation, of the framings; 0 where none can be judged
 */
public record Measures(int instances, double separation, Estimate identityFloor, double framingSeparation) {

    public Measures {
        Check.atLeast(0, instances, "instances");
        Check.between(0, 1, separation, "separation");
        Check.present(identityFloor, "identityFloor");
        Check.between(0, 1, framingSeparation, "framingSeparation");
    }
}
