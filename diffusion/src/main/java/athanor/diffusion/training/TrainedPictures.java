package athanor.diffusion.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The pictures of a training.
 *
 * @param instances that are trained on
 * @param heldOut that are only measured
 * @param numbers those of the instances among all that were given, from 0
 */
record TrainedPictures(
        List<CachedExample> instances,
        List<CachedExample> classPictures,
        List<CachedExample> heldOut,
        List<Integer> numbers) {

    /** Fewer pictures than this for each one that is held out would teach too little without it. */
    private static final int TRAINED_FOR_EACH = 3;

    /** @param heldOut how many are wished */
    static TrainedPictures of(
            List<CachedExample> instances, List<CachedExample> classPictures, int heldOut, StepRandom random) {
        int held = Math.min(heldOut, instances.size() / (TRAINED_FOR_EACH + 1));
        List<Integer> numbers =
                new ArrayList<>(IntStream.range(0, instances.size()).boxed().toList());
        List<Integer> measured = List.of();
        if (held > 0) {
            List<Integer> shuffled = new ArrayList<>(numbers);
            Collections.shuffle(shuffled, random.at(StepRandom.Purpose.VALIDATION, -1, 0));
            measured = List.copyOf(shuffled.subList(0, held));
            numbers.removeAll(measured);
        }
        return new TrainedPictures(
                numbers.stream().map(instances::get).toList(),
                classPictures,
                measured.stream().map(instances::get).toList(),
                List.copyOf(numbers));
    }
}
