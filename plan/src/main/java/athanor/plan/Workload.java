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
        boolean recompute) {

    public static Workload of(BaseFamily family, Recipe recipe, NumberFormat format, boolean recompute) {
        return new Workload(
                family,
                format,
                recipe.training().batchSize(),
                recipe.prior().mode(),
                recipe.network().rank(),
                recipe.network().targets(),
                recipe.network().textEncoder(),
                recompute);
    }

    /** Pictures that go through the network together. */
    public int rows() {
        return prior == PriorMode.OFF ? batch : 2 * batch;
    }

    Workload in(NumberFormat other) {
        return new Workload(family, other, batch, prior, rank, targets, textEncoder, recompute);
    }

    Workload withBatch(int other) {
        return new Workload(family, format, other, prior, rank, targets, textEncoder, recompute);
    }

    public Workload withRecompute(boolean other) {
        return new Workload(family, format, batch, prior, rank, targets, textEncoder, other);
    }
}
