package athanor.tinybase.measure;

import athanor.diffusion.training.Example;
import athanor.tinybase.world.Subject;
import java.util.List;

/**
 * How much is trained and rendered.
 *
 * @param subjects whom LoRAs are trained on
 * @param seeds of trainings for each subject
 * @param steps of a training
 * @param ordinarySteps of the ordinary training, after which the subject has to be there
 * @param pictures rendered for each question to a LoRA
 * @param captions of the adherence measure
 */
public record Effort(List<Subject> subjects, int seeds, int steps, int ordinarySteps, int pictures, int captions) {

    /** For the tests: one subject, one seed, as few steps as show the effect; see {@link #plan}. */
    public static final Effort SHORT = new Effort(List.of(Subject.MOSS), 1, 80, 150, 8, 16);

    /** What docs/quality.md is made with. */
    public static final Effort FULL =
            new Effort(List.of(Subject.MOSS, Subject.AZURE, Subject.CORAL), 1, 300, 300, 16, 256);

    /** A training whose question is not about the prior: the short one leaves it out, which halves a step and learns sooner. */
    TrainingPlan plan(List<Example> instances, List<Example> prior, int ofSteps, long seed) {
        return this == SHORT
                ? TrainingPlan.withoutPrior(instances, steps, seed)
                : TrainingPlan.withPrior(instances, prior, ofSteps, seed);
    }
}
