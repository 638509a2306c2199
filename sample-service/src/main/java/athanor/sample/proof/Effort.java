package athanor.sample.proof;

import athanor.contracts.events.LoraTrained;
import athanor.contracts.recipe.PriorMode;
import athanor.contracts.recipe.PromptedBy;
import athanor.contracts.recipe.ProofEffort;
import athanor.contracts.recipe.Recipe;
import athanor.proof.ProofPlan;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How much a proof may draw. A quick one costs a fifth of the training at most, counted in passes through the network, so that the
 * same run gets the same proof on every machine: a training step passes each of its pictures forwards and back, which costs
 * as much as three passes; a drawn picture passes twice a sampler step, and a few times more to be decoded and looked at.
 */
public final class Effort {

    private static final int PASSES_OF_A_TRAINED_PICTURE = 3;
    private static final int PASSES_OF_A_LOOK = 5;
    private static final int SHARE = 5;

    private static final int QUICK_CHECKPOINTS = 3;
    private static final int FULL_CHECKPOINTS = 8;

    /** Enough to see what a picture shows; a quick proof does not ask for beauty. */
    private static final double QUICK_STEPS = 0.4;

    private static final int FEWEST_STEPS = 8;

    private final Recipe recipe;
    private final int trainedSteps;
    private final boolean full;

    private Effort(Recipe recipe, int trainedSteps) {
        this.recipe = recipe;
        this.trainedSteps = trainedSteps;
        this.full = recipe.proofEffort() == ProofEffort.FULL;
    }

    /** Of a training that may have been stopped before its recipe's last step. */
    public static Effort of(LoraTrained trained) {
        return new Effort(trained.recipe(), trained.steps());
    }

    /** Instance pictures that are looked at, at most. */
    public int instances() {
        return full ? 200 : 32;
    }

    /** Of the sampler. */
    public int steps() {
        int wanted = recipe.samples().steps();
        return full ? wanted : Math.min(wanted, Math.max(FEWEST_STEPS, (int) Math.round(QUICK_STEPS * wanted)));
    }

    /**
     * @param checkpoints steps of all that there are, in order
     * @return empty when the training was too short for any
     */
    public Optional<ProofPlan> plan(List<Integer> checkpoints) {
        Recipe.Subject subject = recipe.subject();
        ProofPlan wanted = new ProofPlan(
                subject.promptedBy() == PromptedBy.TOKEN ? subject.instancePrompt() : subject.classPrompt(),
                subject.classPrompt(),
                full ? List.of("close-up", "half body", "full body") : List.of("close-up", "full body"),
                spread(checkpoints, full ? FULL_CHECKPOINTS : QUICK_CHECKPOINTS),
                full ? List.of(0.4, 0.6, 0.8, 1.2, 1.4) : List.of(0.6, 0.8, 1.2),
                full,
                4,
                full ? 12 : 8,
                recipe.samples().seed(),
                full ? List.of(1.25, 1.5, 2.0) : List.of());
        return full ? Optional.of(wanted) : wanted.within(affordable());
    }

    /** Pictures that cost a fifth of the training. */
    private int affordable() {
        Recipe.Training training = recipe.training();
        long pictures = (long) trainedSteps * training.batchSize() * training.gradientAccumulation();
        long trained = PASSES_OF_A_TRAINED_PICTURE * pictures * (recipe.prior().mode() == PriorMode.OFF ? 1 : 2);
        long drawn = (recipe.samples().guidance() > 1 ? 2L : 1L) * steps() + PASSES_OF_A_LOOK;
        return (int) Math.min(Integer.MAX_VALUE, trained / SHARE / drawn);
    }

    /** So many of them, evenly over the training, the last one among them. */
    private static List<Integer> spread(List<Integer> checkpoints, int most) {
        int count = checkpoints.size();
        int taken = Math.min(most, count);
        return IntStream.rangeClosed(1, taken)
                .mapToObj(i -> checkpoints.get((int) ((long) i * count / taken) - 1))
                .toList();
    }
}
