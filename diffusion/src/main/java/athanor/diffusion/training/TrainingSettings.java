package athanor.diffusion.training;

import athanor.diffusion.program.LoraDropout;
import athanor.diffusion.runtime.ComputeOptions;
import java.util.List;

/**
 * Everything that decides a DreamBooth run besides base and pictures.
 *
 * @param batchSize instances a forward pass; as many class pictures come on top
 * @param gradientAccumulation forward passes an optimiser step
 * @param seed of noise, timesteps, order and dropout
 * @param moving what moves the LoRA, with the moments and the longest gradient of {@code optimizer} where they apply
 * @param heldOut instance pictures that are measured and not trained on, as far as there are enough
 */
public record TrainingSettings(
        Adapter adapter,
        Rate rate,
        Objective objective,
        AdamW optimizer,
        int batchSize,
        int gradientAccumulation,
        long seed,
        ComputeOptions compute,
        int heldOut,
        Moving moving) {

    public TrainingSettings(
            Adapter adapter,
            Rate rate,
            Objective objective,
            AdamW optimizer,
            int batchSize,
            int gradientAccumulation,
            long seed,
            ComputeOptions compute) {
        this(adapter, rate, objective, optimizer, batchSize, gradientAccumulation, seed, compute, 0, Moving.BY_ADAMW);
    }

    /** Beyond what any LoRA learns at, and what recipes may ask for. */
    private static final double FASTEST = 10;

    /** @param emaDecay of the running mean of the LoRA that is kept in its place; 0 for none */
    public record Moving(OptimiserKind kind, double emaDecay) {

        public static final Moving BY_ADAMW = new Moving(OptimiserKind.ADAMW, 0);

        public Moving {
            mustBeWithin("decay of the running mean", emaDecay, 1);
            if (emaDecay > 0 && kind == OptimiserKind.PRODIGY_SCHEDULE_FREE) {
                throw new IllegalArgumentException(
                        "found a running mean of what PRODIGY_SCHEDULE_FREE averages already, wanted one of them");
            }
        }
    }

    /** @param alpha the LoRA's scale is alpha / rank */
    public record Adapter(int rank, double alpha, Targets targets, boolean textEncoders, LoraDropout dropout) {

        public Adapter(int rank, double alpha, Targets targets, boolean textEncoders) {
            this(rank, alpha, targets, textEncoders, LoraDropout.OFF);
        }

        public Adapter {
            if (!Double.isFinite(alpha)) {
                throw new IllegalArgumentException("found an alpha of %s, wanted a finite number".formatted(alpha));
            }
        }
    }

    /** @param textEncoder learning rate of the text encoders, where they are trained */
    public record Rate(double unet, double textEncoder, int steps, int warmUp, LearningRateSchedule schedule) {

        public Rate {
            mustBeWithin("learning rate of the UNet", unet, FASTEST);
            mustBeWithin("learning rate of the text encoders", textEncoder, FASTEST);
        }

        /** The share of the warm-up alone. */
        double warmUpAt(int step) {
            return LearningRateSchedule.CONSTANT.factor(step, warmUp, steps);
        }

        /**
         * @param step counts from 1
         * @return share of the rates that the step is taken at
         */
        public double factorAt(int step) {
            return schedule.factor(step, warmUp, steps);
        }
    }

    /**
     * @param priorWeight lambda of the DreamBooth loss; counts only where there is a prior
     * @param minSnrGamma gamma of min-SNR weighting (Hang et al. 2023), 0 for off
     * @param noiseOffset standard deviation of an offset that a whole channel shares, 0 for off
     * @param captionDropout share of captions that are left empty
     * @param captionTagDropout share of the parts of a caption, divided by commas, that are left out; the first always stays
     * @param keptWords a part of a caption that holds one of these is never left out; the trigger is one
     * @param zeroTerminalSnr rescales the schedule so that the last timestep has no picture left (Lin et al. 2023); wants a
     *     base that predicts velocity
     * @param huber threshold of the Huber loss at the last timestep, 0 for squared error
     */
    public record Objective(
            PriorMode prior,
            double priorWeight,
            double minSnrGamma,
            double noiseOffset,
            double captionDropout,
            double captionTagDropout,
            List<String> keptWords,
            boolean zeroTerminalSnr,
            double huber) {

        public Objective {
            keptWords = List.copyOf(keptWords);
            mustBeWithin("prior weight", priorWeight, Double.MAX_VALUE);
            mustBeWithin("min-SNR gamma", minSnrGamma, Double.MAX_VALUE);
            mustBeWithin("noise offset", noiseOffset, Double.MAX_VALUE);
            mustBeWithin("share of captions left empty", captionDropout, 1);
            mustBeWithin("share of caption parts left out", captionTagDropout, 1);
            mustBeWithin("Huber threshold", huber, Double.MAX_VALUE);
        }

        public static final Objective DREAMBOOTH = of(PriorMode.CLASS_PICTURES);

        /** Weight 1 and nothing else switched on. */
        public static Objective of(PriorMode prior) {
            return new Objective(prior, 1, 0, 0, 0, 0, List.of(), false, 0);
        }

        Objective withoutMinSnr() {
            return new Objective(
                    prior,
                    priorWeight,
                    0,
                    noiseOffset,
                    captionDropout,
                    captionTagDropout,
                    keptWords,
                    zeroTerminalSnr,
                    huber);
        }

        Objective withPrior(PriorMode other, double weight) {
            return new Objective(
                    other,
                    weight,
                    minSnrGamma,
                    noiseOffset,
                    captionDropout,
                    captionTagDropout,
                    keptWords,
                    zeroTerminalSnr,
                    huber);
        }

        Objective withHuber(double threshold) {
            return new Objective(
                    prior,
                    priorWeight,
                    minSnrGamma,
                    noiseOffset,
                    captionDropout,
                    captionTagDropout,
                    keptWords,
                    zeroTerminalSnr,
                    threshold);
        }

        /** @param kept words of parts that are never left out */
        public Objective withCaptionTagDropout(double share, List<String> kept) {
            return new Objective(
                    prior, priorWeight, minSnrGamma, noiseOffset, captionDropout, share, kept, zeroTerminalSnr, huber);
        }
    }

    public TrainingSettings {
        if (heldOut < 0) {
            throw new IllegalArgumentException("found %d held out pictures, wanted 0 or more".formatted(heldOut));
        }
        if (adapter.rank() < 1 || batchSize < 1 || gradientAccumulation < 1 || rate.steps() < 1) {
            throw new IllegalArgumentException(
                    "rank %d, batch size %d, gradient accumulation %d and steps %d must all be 1 or more"
                            .formatted(adapter.rank(), batchSize, gradientAccumulation, rate.steps()));
        }
    }

    private static void mustBeWithin(String what, double value, double most) {
        if (!(value >= 0 && value <= most)) { // NaN is not within anything
            throw new IllegalArgumentException("found a %s of %s, wanted a number from 0 %s"
                    .formatted(what, value, most == Double.MAX_VALUE ? "up" : "to " + (int) most));
        }
    }
}
