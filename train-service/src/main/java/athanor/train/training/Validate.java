package athanor.train.training;

import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.TrainedStep;
import org.jspecify.annotations.Nullable;

/**
 * Measures the LoRA at the first step, at every checkpoint and at the end: it takes a while, and the steps' own losses are told
 * anyway. A step that was measured is not measured again.
 */
final class Validate {

    private final LoraTraining training;
    private final Recipe.Training rule;
    private final StallDetector stallDetector;
    private int measuredStep;
    private LoraTraining.@Nullable Measured measured;

    Validate(LoraTraining training, Recipe.Training rule, StallDetector stallDetector) {
        this.training = training;
        this.rule = rule;
        this.stallDetector = stallDetector;
    }

    /** What was measured of the step that was just done; null when it is not its turn or nothing can be measured. */
    LoraTraining.@Nullable Measured onSchedule() {
        int step = training.stepsDone();
        boolean due = step == 1 || step == rule.steps() || step % rule.checkpointEverySteps() == 0;
        return due ? now() : null;
    }

    /** Of the LoRA as it is, whether it is its turn or not; null when nothing can be measured. */
    LoraTraining.@Nullable Measured now() {
        if (measuredStep != training.stepsDone()) {
            stallDetector.longTaskBegins();
            measured = training.measure().orElse(null);
            measuredStep = training.stepsDone();
            stallDetector.stepBegins();
        }
        return measured;
    }

    /** As far as it has been measured. */
    TrainedStep.@Nullable Validation known() {
        return measuredStep == training.stepsDone() && measured != null ? measured.validation() : null;
    }
}
