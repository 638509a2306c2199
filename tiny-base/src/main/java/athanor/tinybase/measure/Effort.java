package athanor.tinybase.measure;

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

    /** For the tests: one subject, one seed, as few steps as show the effect. */
    public static final Effort SHORT = new Effort(List.of(Subject.MOSS), 1, 100, 200, 8, 16);

    /** What docs/quality.md is made with. */
    public static final Effort FULL =
            new Effort(List.of(Subject.MOSS, Subject.AZURE, Subject.CORAL), 1, 300, 300, 16, 256);
}
