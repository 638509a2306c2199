package athanor.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import athanor.diffusion.training.optimiser.Optimiser;
import athanor.diffusion.training.optimiser.OptimiserState;
import athanor.diffusion.training.optimiser.Prodigy;
import athanor.diffusion.training.optimiser.ScheduleFreeProdigy;
import org.jspecify.annotations.Nullable;

/**
 * How the LoRA moves from step to step, and what of it is kept: the vector itself, the average that the optimiser makes, or a
 * running mean. The mean begins with the LoRA before its first step, and forgets that at first faster than its decay says.
 */
final class Movement {

    private static final String AVERAGE = "average";
    private static final double TINY = 1e-6;

    private final LoraProgram program;
    private final FlatParameters parameters;
    private final TrainingSettings settings;
    /** Null where the program's own AdamW moves it. */
    private final @Nullable Optimiser optimiser;

    private final @Nullable NDArray average;

    Movement(
            LoraProgram program,
            NDManager owner,
            FlatParameters parameters,
            TrainingSettings settings,
            OptimiserState state) {
        this.program = program;
        this.parameters = parameters;
        this.settings = settings;
        NDArray values = parameters.values();
        this.optimiser = switch (settings.moving().kind()) {
            case ADAMW -> null;
            case PRODIGY -> new Prodigy(owner, values, settings.optimizer().weightDecay(), state);
            case PRODIGY_SCHEDULE_FREE -> new ScheduleFreeProdigy(owner, values, state);
        };
        this.average = settings.moving().emaDecay() > 0 ? state.vector(owner, AVERAGE, values) : null;
    }

    /**
     * @param norm of the gradient
     * @return the rate that the step was taken at
     */
    double step(NDManager scope, NDArray gradient, double norm, int step) {
        TrainingSettings.Rate rate = settings.rate();
        double factor = rate.factorAt(step);
        double taken;
        if (optimiser == null) {
            taken = rate.unet() * factor;
            program.update(
                    scope,
                    parameters,
                    gradient,
                    settings.optimizer().hyperParameters(step, taken, rate.textEncoder() * factor, 0));
        } else {
            double longest = settings.optimizer().maxGradNorm();
            NDArray clipped = norm > longest ? gradient.muli(longest / (norm + TINY)) : gradient;
            double share = settings.moving().kind() == OptimiserKind.PRODIGY ? factor : rate.warmUpAt(step);
            optimiser.step(clipped, share);
            taken = optimiser.foundRate() * share;
        }
        if (average != null) {
            double decay = Math.min(settings.moving().emaDecay(), (1.0 + step) / (10 + step));
            try (NDArray difference = parameters.values().sub(average)) {
                average.addi(difference.muli(1 - decay));
            }
        }
        return taken;
    }

    /** What is saved, drawn with and measured; an array of its own, to be closed. */
    NDArray kept() {
        if (average != null) {
            return average.duplicate();
        }
        return optimiser == null ? parameters.values().duplicate() : optimiser.learnt();
    }

    OptimiserState state() {
        OptimiserState state = optimiser == null ? OptimiserState.NEW : OptimiserState.of(optimiser);
        return average == null ? state : state.with(AVERAGE, average.toFloatArray());
    }
}
