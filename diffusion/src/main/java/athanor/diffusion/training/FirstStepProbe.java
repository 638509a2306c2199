package athanor.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import athanor.diffusion.training.FirstStep.Effect;
import athanor.diffusion.training.FirstStep.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Computes a step again without each of its settings. Nothing is computed for a setting that is off. */
final class FirstStepProbe {

    private final LoraProgram program;
    private final NDArray values;
    private final BatchGradient gradients;
    private final TrainingSettings settings;
    private final Runnable alive;

    FirstStepProbe(
            LoraProgram program, NDArray values, BatchGradient gradients, TrainingSettings settings, Runnable alive) {
        this.program = program;
        this.values = values;
        this.gradients = gradients;
        this.settings = settings;
        this.alive = alive;
    }

    /**
     * A micro-batch as it was computed.
     *
     * @param errors per picture, unweighted
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Computed(MicroBatch batch, float[] errors) {}

    /** @param gradient of the step as it is */
    FirstStep of(NDManager scope, int step, List<Computed> batches, int passes, NDArray gradient) {
        TrainingSettings.Objective objective = settings.objective();
        int pictures = settings.batchSize() * passes;
        List<Effect> effects = new ArrayList<>();
        Trial trial = new Trial(scope, batches, pictures, gradient);
        if (objective.minSnrGamma() > 0) {
            effects.add(trial.reweighted(Setting.MIN_SNR, objective.withoutMinSnr(), row -> true));
        }
        if (objective.noiseOffset() > 0) {
            effects.add(
                    trial.with(Setting.NOISE_OFFSET, MicroBatch.Row::withoutOffset, row -> row.offset().length > 0));
        }
        if (objective.captionDropout() > 0 || objective.captionTagDropout() > 0) {
            effects.add(trial.with(
                    Setting.CAPTION_DROPOUT,
                    MicroBatch.Row::withWholeCaption,
                    row -> !row.caption().equals(row.picture().example().caption())));
        }
        if (!settings.adapter().dropout().isOff()) {
            effects.add(trial.with(Setting.LORA_DROPOUT, MicroBatch.Row::withOtherDropout, row -> true));
        }
        if (trial.count(FirstStepProbe::isMasked) > 0) {
            effects.add(trial.with(Setting.MASKS, MicroBatch.Row::withoutMask, FirstStepProbe::isMasked));
        }
        if (trial.count(MicroBatch.Row::isClass) > 0) {
            effects.add(trial.reweighted(
                    Setting.PRIOR, objective.withPrior(objective.prior(), 0), MicroBatch.Row::isClass));
        }
        if (objective.prior() == PriorMode.BASE_PREDICTION) {
            effects.add(trial.under(
                    Setting.OWN_PREDICTION,
                    objective.withPrior(PriorMode.CLASS_PICTURES, objective.priorWeight()),
                    MicroBatch.Row::isClass));
        }
        if (objective.huber() > 0) {
            effects.add(trial.under(Setting.HUBER, objective.withHuber(objective.huber() / 2), row -> true));
        }
        return new FirstStep(
                step,
                trial.count(row -> !row.isClass()),
                trial.count(MicroBatch.Row::isClass),
                passes,
                trial.weighted(objective),
                norm(gradient, 0, program.unetElements()),
                norm(gradient, program.unetElements(), program.factors().totalElements()),
                effects);
    }

    private static boolean isMasked(MicroBatch.Row row) {
        return row.picture().mask() != null;
    }

    private static double norm(NDArray gradient, int from, int to) {
        return from == to
                ? 0
                : gradient.get(new NDIndex("%d:%d".formatted(from, to))).norm().getFloat();
    }

    /** One step, as it is and otherwise. */
    private final class Trial {

        private final NDManager scope;
        private final List<Computed> batches;
        private final int pictures;
        private final NDArray gradient;

        Trial(NDManager scope, List<Computed> batches, int pictures, NDArray gradient) {
            this.scope = scope;
            this.batches = batches;
            this.pictures = pictures;
            this.gradient = gradient;
        }

        int count(Predicate<MicroBatch.Row> which) {
            return (int) batches.stream()
                    .flatMap(computed -> computed.batch().rows().stream())
                    .filter(which)
                    .count();
        }

        /** The loss under other weights, for which nothing has to be computed again. */
        double weighted(TrainingSettings.Objective objective) {
            double loss = 0;
            for (Computed computed : batches) {
                loss += sum(computed.batch().terms(pictures, pictures, objective), computed.errors());
            }
            return loss;
        }

        Effect reweighted(Setting setting, TrainingSettings.Objective objective, Predicate<MicroBatch.Row> concerned) {
            return new Effect(setting, weighted(objective), null, count(concerned));
        }

        Effect under(Setting setting, TrainingSettings.Objective objective, Predicate<MicroBatch.Row> concerned) {
            return computed(setting, UnaryOperator.identity(), objective, concerned);
        }

        /** Where it concerns no picture of this step there is nothing to compute. */
        Effect with(Setting setting, UnaryOperator<MicroBatch.Row> change, Predicate<MicroBatch.Row> concerned) {
            return count(concerned) == 0
                    ? new Effect(setting, weighted(settings.objective()), 0.0, 0)
                    : computed(setting, change, settings.objective(), concerned);
        }

        private Effect computed(
                Setting setting,
                UnaryOperator<MicroBatch.Row> change,
                TrainingSettings.Objective objective,
                Predicate<MicroBatch.Row> concerned) {
            double loss = 0;
            NDArray difference = gradient.duplicate();
            for (Computed each : batches) {
                MicroBatch batch = each.batch().with(change);
                NoiseTerms terms = batch.terms(pictures, pictures, objective);
                LoraProgram.Gradient part = gradients.of(scope, values, batch, terms);
                loss += sum(terms, part.errors());
                difference.subi(part.gradient());
                alive.run();
            }
            double whole = Math.max(Float.MIN_NORMAL, gradient.norm().getFloat());
            return new Effect(setting, loss, difference.norm().getFloat() / whole, count(concerned));
        }
    }

    private static double sum(NoiseTerms terms, float[] errors) {
        double sum = 0;
        for (int i = 0; i < errors.length; i++) {
            sum += terms.weight(i) * errors[i];
        }
        return sum;
    }
}
