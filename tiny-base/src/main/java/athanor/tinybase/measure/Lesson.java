package athanor.tinybase.measure;

import athanor.diffusion.training.Example;
import athanor.diffusion.training.PriorMode;
import java.util.List;

/**
 * What a LoRA is trained on, and for how long.
 *
 * @param prior pictures of the class; empty where the mode is off
 * @param textEncoder trains it too, as the recipe for the tiny base does
 */
record Lesson(List<Example> instances, List<Example> prior, PriorMode mode, boolean textEncoder, int steps, long seed) {

    static Lesson withoutPrior(List<Example> instances, int steps, long seed) {
        return new Lesson(instances, List.of(), PriorMode.OFF, true, steps, seed);
    }

    static Lesson withPrior(List<Example> instances, List<Example> prior, int steps, long seed) {
        return new Lesson(instances, prior, PriorMode.CLASS_PICTURES, true, steps, seed);
    }

    Lesson basePrediction() {
        return new Lesson(instances, prior, PriorMode.BASE_PREDICTION, textEncoder, steps, seed);
    }

    Lesson withFrozenTextEncoder() {
        return new Lesson(instances, prior, mode, false, steps, seed);
    }
}
