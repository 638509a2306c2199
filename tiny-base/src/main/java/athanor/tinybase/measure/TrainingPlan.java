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
record TrainingPlan(
        List<Example> instances, List<Example> prior, PriorMode mode, boolean textEncoder, int steps, long seed) {

    static TrainingPlan withoutPrior(List<Example> instances, int steps, long seed) {
        return new TrainingPlan(instances, List.of(), PriorMode.OFF, true, steps, seed);
    }

    static TrainingPlan withPrior(List<Example> instances, List<Example> prior, int steps, long seed) {
        return new TrainingPlan(instances, prior, PriorMode.CLASS_PICTURES, true, steps, seed);
    }

    TrainingPlan basePrediction() {
        return new TrainingPlan(instances, prior, PriorMode.BASE_PREDICTION, textEncoder, steps, seed);
    }

    TrainingPlan withFrozenTextEncoder() {
        return new TrainingPlan(instances, prior, mode, false, steps, seed);
    }
}
