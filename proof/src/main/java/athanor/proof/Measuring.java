package athanor.proof;

import java.util.List;

/**
 * The measures of one proof, made from the instance pictures and from what the base draws by itself.
 *
 * @param identityFloor the identity of pictures that the base drew of the class and that no measure was made from
 */
record Measuring(Likeness likeness, Copying copying, ClassShift classShift, Estimate identityFloor) {

    /**
     * @param base what the base draws for {@link ProofPlan#ofBase}
     * @param again what it draws for {@link ProofPlan#ofClass}
     */
    static Measuring of(ProofPlan plan, List<float[]> instances, List<float[]> base, List<float[]> again) {
        Likeness likeness = Likeness.between(instances, base);
        return new Measuring(
                likeness,
                Copying.of(instances),
                ClassShift.of(base.subList(0, plan.baseSeeds()), again),
                Estimate.of(again.stream().map(likeness::trace).toList()));
    }

    /** Of pictures that shall show the subject. */
    List<Double> likeness(List<float[]> pictures) {
        return pictures.stream().map(likeness::of).toList();
    }

    /** Of pictures that shall not. */
    List<Double> traces(List<float[]> pictures) {
        return pictures.stream().map(likeness::trace).toList();
    }
}
