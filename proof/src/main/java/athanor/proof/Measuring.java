package athanor.proof;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The measures of one proof, made from the instance pictures and from what the base draws by itself.
 *
 * @param identityFloor the identity of pictures that the base drew of the class and that no measure was made from
 */
record Measuring(
        Likeness likeness, FramingSight framing, Copying copying, ClassShift classShift, Estimate identityFloor) {

    /**
     * @param base what the base draws for {@link ProofPlan#ofBase}
     * @param again what it draws for {@link ProofPlan#ofClass}
     */
    static Measuring of(ProofPlan plan, List<float[]> instances, List<float[]> base, List<float[]> again) {
        Likeness likeness = Likeness.between(instances, base);
        Map<String, List<float[]>> byWords = new LinkedHashMap<>();
        for (int prompt = 1; prompt <= plan.framings().size(); prompt++) {
            int first = prompt * plan.baseSeeds();
            byWords.put(plan.framings().get(prompt - 1), base.subList(first, first + plan.baseSeeds()));
        }
        return new Measuring(
                likeness,
                FramingSight.of(byWords),
                Copying.of(instances),
                ClassShift.of(base.subList(0, plan.baseSeeds()), again),
                Estimate.of(again.stream().map(likeness::of).toList()));
    }

    boolean tellsFramings() {
        return framing.separation() >= Proof.TELLING;
    }

    /** @param words null where no framing was asked for */
    boolean isFramed(float[] picture, @Nullable String words) {
        return words == null || !tellsFramings() || framing.has(picture, words);
    }

    List<Double> likeness(List<float[]> pictures) {
        List<Double> parts = new ArrayList<>();
        pictures.forEach(picture -> parts.add(likeness.of(picture)));
        return parts;
    }
}
