package athanor.tinybase.measure;

import static athanor.diffusion.training.PriorMode.CLASS_PICTURES;
import static athanor.diffusion.training.PriorMode.OFF;

import athanor.diffusion.training.PriorMode;
import athanor.tinybase.world.Framing;
import athanor.tinybase.world.Subject;
import java.util.List;

/**
 * A run whose proof is judged: good recipes, and such as people regret.
 *
 * @param learningRate 5e-3 is the recipe's; more trains over the top
 * @param pictures 9 are a set, 4 are too few
 * @param decided whether the rule by which a proof recommends was decided on this run, so that others say more about it
 */
record ProvedRun(
        String name, Subject subject, PriorMode prior, int steps, double learningRate, int pictures, boolean decided) {

    private static final List<ProvedRun> ALL = List.of(
            new ProvedRun("moss-short", Subject.MOSS, CLASS_PICTURES, 120, 5e-3, 9, true),
            new ProvedRun("coral-class", Subject.CORAL, CLASS_PICTURES, 300, 5e-3, 9, true),
            new ProvedRun("azure-none", Subject.AZURE, OFF, 300, 5e-3, 9, true),
            new ProvedRun("coral-hot", Subject.CORAL, CLASS_PICTURES, 200, 2e-2, 9, true),
            new ProvedRun("moss-none-hot", Subject.MOSS, OFF, 300, 1.5e-2, 9, true),
            new ProvedRun("onyx-class", Subject.ONYX, CLASS_PICTURES, 300, 5e-3, 9, false),
            new ProvedRun("azure-class", Subject.AZURE, CLASS_PICTURES, 240, 5e-3, 9, false),
            new ProvedRun("onyx-none", Subject.ONYX, OFF, 180, 5e-3, 9, false),
            new ProvedRun("coral-few", Subject.CORAL, OFF, 240, 5e-3, 4, false),
            new ProvedRun("azure-hot", Subject.AZURE, CLASS_PICTURES, 240, 1.2e-2, 9, false));

    private static final int THIRDS = 3;
    private static final long SEED = 1;

    static List<ProvedRun> all(Effort effort) {
        return effort == Effort.SHORT ? ALL.subList(0, 1) : ALL;
    }

    SubjectSet set() {
        return SubjectSet.of(subject, pictures, SEED, Framing.values());
    }

    TrainingPlan training(EvaluationHarness harness) {
        SubjectSet set = set();
        TrainingPlan plan = prior == OFF
                ? TrainingPlan.withoutPrior(set.examples(), steps, SEED)
                : TrainingPlan.withPrior(set.examples(), harness.classPictures(set), steps, SEED);
        return plan.atRate(learningRate);
    }

    /** After how many steps it is looked at. */
    List<Integer> checkpoints() {
        return List.of(steps / THIRDS, 2 * steps / THIRDS, steps);
    }

    String words() {
        return "%d steps at %s, %d pictures, %s"
                .formatted(steps, learningRate, pictures, prior == OFF ? "no prior" : "class pictures");
    }
}
