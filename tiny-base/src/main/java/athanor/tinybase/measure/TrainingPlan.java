package athanor.tinybase.measure;

import athanor.diffusion.training.Example;
import athanor.diffusion.training.PriorMode;
import java.util.List;

/**
 * What a LoRA is trained on, and for how long.
 *
 * @param prior pictures of the class; empty where the mode is off
 * @param textEncoder trains it too, as the recipe for the tiny base does
 * @param learningRate of UNet and text encoder
 * @param rank of the LoRA, and its alpha
 * @param warmUp steps in which the rate grows
 */
record TrainingPlan(
        List<Example> instances,
        List<Example> prior,
        PriorMode mode,
        boolean textEncoder,
        int steps,
        long seed,
        double learningRate,
        int rank,
        int warmUp) {

    /** Of the recipe for this base: far higher than for a large one, which has many more layers to adapt. */
    private static final double LEARNING_RATE = 5e-3;

    private static final int RANK = 8;
    private static final int WARM_UP = 10;

    static TrainingPlan withoutPrior(List<Example> instances, int steps, long seed) {
        return new TrainingPlan(instances, List.of(), PriorMode.OFF, true, steps, seed, LEARNING_RATE, RANK, WARM_UP);
    }

    static TrainingPlan withPrior(List<Example> instances, List<Example> prior, int steps, long seed) {
        return new TrainingPlan(
                instances, prior, PriorMode.CLASS_PICTURES, true, steps, seed, LEARNING_RATE, RANK, WARM_UP);
    }

    TrainingPlan basePrediction() {
        return new TrainingPlan(
                instances, prior, PriorMode.BASE_PREDICTION, textEncoder, steps, seed, learningRate, rank, warmUp);
    }

    TrainingPlan withFrozenTextEncoder() {
        return new TrainingPlan(instances, prior, mode, false, steps, seed, learningRate, rank, warmUp);
    }

    TrainingPlan atRate(double rate) {
        return new TrainingPlan(instances, prior, mode, textEncoder, steps, seed, rate, rank, warmUp);
    }

    TrainingPlan ofRank(int otherRank) {
        return new TrainingPlan(instances, prior, mode, textEncoder, steps, seed, learningRate, otherRank, warmUp);
    }

    TrainingPlan warmedUpFor(int someSteps) {
        return new TrainingPlan(instances, prior, mode, textEncoder, steps, seed, learningRate, rank, someSteps);
    }
}
