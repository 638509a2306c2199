package athanor.plan;

import athanor.contracts.recipe.PriorMode;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.recipe.Targets;

/**
 * What of a training decides how much memory a step takes, beside the size of its pictures.
 *
 * @param batch instance pictures a step
 * @param prior whether as many class pictures stand beside them
 * @param rank of the LoRA
 * @param textEncoder whether the text encoders are adapted too, and so stay in memory
 * @param changingCaptions whether captions are another in every step, so that frozen text encoders have to stay in memory too
 * @param accumulates whether gradients of several passes are summed, which is one more vector of the LoRA
 * @param recompute whether the insides of the networks are computed again on the way back instead of being kept
 */
public record Workload(
        BaseFamily family,
        NumberFormat format,
        int batch,
        PriorMode prior,
        int rank,
        Targets targets,
        boolean textEncoder,
        boolean changingCaptions,
        boolean accumulates,
        boolean recompute) {

    public static Workload of(BaseFamily family, Recipe recipe, NumberFormat format, boolean recompute) {
        Recipe.Training training = recipe.training();
        return new Workload(
                family,
                format,
                training.batchSize(),
                recipe.prior().mode(),
                recipe.network().rank(),
                recipe.network().targets(),
                recipe.network().textEncoder(),
                Recipe.orNone(training.captionTagDropout()) > 0,
                training.gradientAccumulation() > 1,
                recompute);
    }

    /** Pictures that go through the network together. */
    public int rows() {
        return prior == PriorMode.OFF ? batch : 2 * batch;
    }

    /** Whether a step has text encoders beside it, adapted or frozen. */
    boolean textEncodersStay() {
        return textEncoder || changingCaptions;
    }

    Workload in(NumberFormat other) {
        return with(other, batch, changingCaptions, recompute);
    }

    Workload withBatch(int other) {
        return with(format, other, changingCaptions, recompute);
    }

    public Workload withRecompute(boolean other) {
        return with(format, batch, changingCaptions, other);
    }

    /** Of captions without parts nothing can be left out, whatever the recipe says. */
    public Workload withChangingCaptions(boolean other) {
        return with(format, batch, other, recompute);
    }

    private Workload with(
            NumberFormat otherFormat, int otherBatch, boolean otherChangingCaptions, boolean otherRecompute) {
        return new Workload(
                family,
                otherFormat,
                otherBatch,
                prior,
                rank,
                targets,
                textEncoder,
                otherChangingCaptions,
                accumulates,
                otherRecompute);
    }
}
