package athanor.diffusion.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The pictures of a training.
 *
 * @param instances that are trained on
 * @param heldOut that are only measured
 */
record TrainedPictures(List<CachedExample> instances, List<CachedExample> classPictures, List<CachedExample> heldOut) {

    /** Fewer pictures than this for each one that is held out would teach too little without it. */
    private static final int TRAINED_FOR_EACH = 3;

    /** @param heldOut how many are wished */
    static TrainedPictures of(
            List<CachedExample> instances, List<CachedExample> classPictures, int heldOut, StepRandom random) {
        int held = Math.min(heldOut, instances.size() / (TRAINED_FOR_EACH + 1));
        if (held == 0) {
            return new TrainedPictures(instances, classPictures, List.of());
        }
        List<CachedExample> shuffled = new ArrayList<>(instances);
        Collections.shuffle(shuffled, random.at(StepRandom.Purpose.VALIDATION, -1, 0));
        List<CachedExample> measured = shuffled.subList(0, held);
        List<CachedExample> trained = instances.stream()
                .filter(picture -> !measured.contains(picture))
                .toList();
        return new TrainedPictures(trained, classPictures, List.copyOf(measured));
    }
}
