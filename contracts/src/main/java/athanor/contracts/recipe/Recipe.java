package athanor.contracts.recipe;

import athanor.contracts.Check;
import athanor.contracts.Size;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Everything a user may turn on a run. It travels inside the events, so that each stage works from the same words;
 * what an operator may turn is a setting of a service instead.
 *
 * @param baseModel name of the base model, resolved by the services in their folders of base models
 * @param proof how thoroughly the finished LoRA is measured; absent: quickly
 * @param framing what is done about framings; absent in documents of older versions, and never after reading
 * @param instances what of the pictures is learnt from; absent: the heads where the prior pairs heads, else the pictures as they are
 * @param mask which part of an instance picture counts; absent: the region of the subject, of clothing and objects that have one
 * @param plainFineTuning that no prior with a trained text encoder is meant so: the class becomes the subject; absent: not
 */
public record Recipe(
        String baseModel,
        Subject subject,
        Prior prior,
        Network network,
        Training training,
        Samples samples,
        @Nullable ProofEffort proof,
        @Nullable FramingChoice framing,
        @Nullable Instances instances,
        @Nullable LossMask mask,
        @Nullable Boolean plainFineTuning) {

    public Recipe {
        Check.text(baseModel, "baseModel", RecipeLimits.BASE);
        Check.present(subject, "subject");
        Check.present(prior, "prior");
        Check.present(network, "network");
        Check.present(training, "training");
        Check.present(samples, "samples");
        framing = framing == null ? FramingChoice.DEFAULT : framing;
        if (prior.mode() == PriorMode.CLASS_PICTURES) {
            RecipeLimits.check(prior.classPictures(), samples.steps(), "prior.classPictures");
        }
    }

    /** What measures best for this base: see {@link RecipeDefaults}. */
    public static Recipe defaults(String baseModel, String classNoun) {
        return RecipeDefaults.of(baseModel, classNoun);
    }

    /**
     * The same recipe with one value changed, as {@code --set training.steps=300} asks for it.
     *
     * @param dottedKey a field of this record or of one of its parts, {@code part.field}
     * @param value as text: numbers, {@code true}, names of enums in any case, sizes as {@code 512x768}, several
     *     prompts separated by {@code |}; empty text clears a field that may be absent
     * @throws IllegalArgumentException with a sentence when there is no such key or the value does not fit
     */
    public Recipe with(String dottedKey, String value) {
        return RecipeKeys.change(this, dottedKey, value);
    }

    /** The dotted keys of all values, in their order. */
    public static List<String> keys() {
        return RecipeKeys.all();
    }

    /** The same recipe with a random seed where {@link Seeds#RANDOM} asks for one, so that it is written down. */
    public Recipe withSeedsDecided(RandomGenerator random) {
        return with("training.seed", Long.toString(Seeds.decided(training.seed(), random)))
                .with("samples.seed", Long.toString(Seeds.decided(samples.seed(), random)));
    }

    /** The same recipe with the area that a base of this size is trained at, unless it names one. */
    public Recipe withAreaFor(int nativeSide) {
        return training.area() == null
                ? with("training.area", RecipeDefaults.area(nativeSide).toString())
                : this;
    }

    /** The effort, also of a recipe that does not name one. */
    public ProofEffort proofEffort() {
        return proof == null ? ProofEffort.QUICK : proof;
    }

    /** What becomes of pictures in a framing of which there are too few. */
    public Outliers outliers() {
        return framing == null ? Outliers.KEEP : framing.outliers();
    }

    /** What is learnt from, also of a recipe that does not say. */
    public Instances instanceKind() {
        if (instances != null) {
            return instances;
        }
        return prior.mode().pairsHeads() ? Instances.HEADS : Instances.WHOLES;
    }

    /** Why no run can begin with it, as a sentence with what to do; nothing where its values make sense together. */
    public Optional<String> contradiction() {
        return RecipeContradictions.in(this);
    }

    /**
     * The defaults for a recipe of which only some values are known.
     *
     * @param kind of the subject, as somebody wrote it; what is none is told where the recipe is read
     * @param promptedBy the same
     */
    public static Recipe defaults(String baseModel, String classNoun, String kind, String promptedBy) {
        return RecipeDefaults.of(baseModel, classNoun, kind, promptedBy);
    }

    /** The same recipe with the instances and the prior that measure best for this kind of subject and way of prompting. */
    public Recipe withChoicesForSubject() {
        return RecipeDefaults.chosenFor(this);
    }

    /** A number that may be absent and is nothing then. */
    public static double orNone(@Nullable Double number) {
        return number == null ? 0 : number;
    }

    /** The prompts of the test pictures with the subject's words filled in. */
    public List<String> samplePrompts() {
        return samples.prompts().stream().map(subject::fill).toList();
    }

    /**
     * Who is learned.
     *
     * @param trigger rare token that will call the subject, for example {@code sks}
     * @param classNoun what the subject is one of, for example {@code woman}
     * @param kind absent: a person, as far as it matters
     */
    public record Subject(
            String trigger,
            String classNoun,
            PromptedBy promptedBy,
            @Nullable SubjectKind kind) {

        public Subject(String trigger, String classNoun, PromptedBy promptedBy) {
            this(trigger, classNoun, promptedBy, null);
        }

        public Subject {
            Check.text(trigger, "subject.trigger", RecipeLimits.NAME);
            Check.text(classNoun, "subject.classNoun", RecipeLimits.NAME);
            Check.present(promptedBy, "subject.promptedBy");
        }

        public String instancePrompt() {
            return "a photo of a %s %s".formatted(trigger, classNoun);
        }

        public String classPrompt() {
            return "a photo of a %s".formatted(classNoun);
        }

        /** Fills {@code {instance}}, {@code {class}}, {@code {trigger}} and {@code {noun}} into a prompt. */
        public String fill(String prompt) {
            return prompt.replace("{instance}", instancePrompt())
                    .replace("{class}", classPrompt())
                    .replace("{trigger}", trigger)
                    .replace("{noun}", classNoun);
        }
    }

    /**
     * How a person is shown.
     *
     * @param outliers what becomes of pictures in a framing of which there are too few to learn it
     */
    public record FramingChoice(Outliers outliers) {

        static final FramingChoice DEFAULT = new FramingChoice(Outliers.KEEP);

        public FramingChoice {
            Check.present(outliers, "framing.outliers");
        }
    }

    /**
     * Prior preservation.
     *
     * @param weight lambda of the class half of the loss, no unit
     * @param classPictures how many class pictures the base model renders; used in mode CLASS_PICTURES where none came with the
     *     run
     * @param headMasked in mode WHOLE_PICTURES: the head of the whole picture counts nothing in the loss; absent: it counts
     * @param blankPrompt in mode BASE_PREDICTION: the empty prompt is held where the base has it, instead of the class's; absent: not
     * @param consent in mode TRANSPLANT: the subject and the people whose bodies are taken have agreed; absent: not
     */
    public record Prior(
            PriorMode mode,
            double weight,
            int classPictures,
            @Nullable Boolean headMasked,
            @Nullable Boolean blankPrompt,
            @Nullable Boolean consent) {

        public Prior(PriorMode mode, double weight, int classPictures) {
            this(mode, weight, classPictures, null, null, null);
        }

        public Prior {
            Check.present(mode, "prior.mode");
            Check.between(0, 100, weight, "prior.weight");
            Check.within(0, RecipeLimits.CLASS_PICTURES, classPictures, "prior.classPictures");
            Check.that(
                    mode != PriorMode.CLASS_PICTURES || classPictures > 0,
                    "prior.mode CLASS_PICTURES needs prior.classPictures of at least 1;"
                            + " set the number or prior.mode=OFF");
        }
    }

    /**
     * The LoRA's shape.
     *
     * @param rank rank of the detour
     * @param alpha the detour counts alpha / rank, which is a number around 1 and 64 at most: beyond it every step is a leap
     * @param textEncoder whether the text encoder is trained too
     * @param dropout share of the numbers inside the detour that are silent in a step; absent: none
     * @param rankDropout share of its ranks that are silent for a picture in a step; absent: none
     * @param moduleDropout share of the layers that a picture passes without detour in a step; absent: none
     */
    public record Network(
            int rank,
            double alpha,
            Targets targets,
            boolean textEncoder,
            @Nullable Double dropout,
            @Nullable Double rankDropout,
            @Nullable Double moduleDropout) {

        private static final double MOST_DROPOUT = 0.95;
        private static final double MOST_SCALE = 64;

        public Network {
            Check.within(1, RecipeLimits.RANK, rank, "network.rank");
            Check.between(1e-6, 1e6, alpha, "network.alpha");
            Check.that(
                    alpha <= MOST_SCALE * rank,
                    "network.alpha %s at network.rank %d makes the LoRA count %s times (alpha / rank), wanted at most %s;"
                            + " alpha is usually between 1 and the rank",
                    alpha,
                    rank,
                    alpha / rank,
                    MOST_SCALE);
            Check.present(targets, "network.targets");
            Check.between(0, MOST_DROPOUT, Recipe.orNone(dropout), "network.dropout");
            Check.between(0, MOST_DROPOUT, Recipe.orNone(rankDropout), "network.rankDropout");
            Check.between(0, MOST_DROPOUT, Recipe.orNone(moduleDropout), "network.moduleDropout");
        }

        public Network(int rank, double alpha, Targets targets, boolean textEncoder) {
            this(rank, alpha, targets, textEncoder, null, null, null);
        }
    }

    /**
     * The optimisation.
     *
     * @param steps optimiser steps
     * @param batchSize instance pictures a step; with class pictures the same number of those comes beside them
     * @param learningRate of the UNet's LoRA
     * @param textEncoderLearningRate of the text encoder's LoRA, used with network.textEncoder
     * @param warmupSteps steps in which the rate climbs from zero
     * @param minSnrGamma gamma of Hang et al. 2023; 0 switches the weighting off
     * @param noiseOffset share of noise that is equal over a whole channel; 0 is off
     * @param captionDropout share of captions replaced by the empty one
     * @param maxGradNorm gradients are scaled down to this norm; 0 is off
     * @param gradientAccumulation batches summed into one step
     * @param checkpointEverySteps steps between two kept checkpoints
     * @param seed any whole number of 64 bits; -1 takes a random one when the run is opened
     * @param area bucket area in kohya's sense: every bucket has at most its pixels; absent: what the base was made for, put
     *     in when the run is opened
     * @param captionTagDropout share of a caption's parts, divided by commas, that are left out in a step; the first part
     *     stays, so that a short prompt works too; absent: none
     * @param huber threshold of the Huber loss at the last timestep; absent: squared error
     * @param zeroTerminalSnr whether the last timestep is rescaled to hold no picture at all (Lin et al. 2023), for bases that
     *     predict velocity; absent: as the base says
     * @param keepLastCheckpoints how many of the newest checkpoints are kept; absent: all of them, or with
     *     keepCheckpointEverySteps the newest one
     * @param keepCheckpointEverySteps steps between checkpoints that are kept however old they are; absent: none
     * @param heldOutPictures instance pictures that are measured at each checkpoint and not trained on, a quarter of the set at
     *     most; absent: none
     * @param optimizer absent: ADAMW; the others find the learning rates themselves
     * @param emaDecay of a running mean of the LoRA that is saved in its place, 0.99 for example; absent: none
     */
    public record Training(
            int steps,
            int batchSize,
            double learningRate,
            double textEncoderLearningRate,
            LearningRateSchedule schedule,
            int warmupSteps,
            double minSnrGamma,
            double noiseOffset,
            double captionDropout,
            double maxGradNorm,
            int gradientAccumulation,
            int checkpointEverySteps,
            long seed,
            @Nullable Size area,
            @Nullable Double captionTagDropout,
            @Nullable Double huber,
            @Nullable Boolean zeroTerminalSnr,
            @Nullable Integer keepLastCheckpoints,
            @Nullable Integer keepCheckpointEverySteps,
            @Nullable Integer heldOutPictures,
            @Nullable Optimizer optimizer,
            @Nullable Double emaDecay) {

        public Training {
            Check.within(1, RecipeLimits.TRAINING_STEPS, steps, "training.steps");
            Check.within(1, RecipeLimits.BATCH, batchSize, "training.batchSize");
            Check.between(0, 10, learningRate, "training.learningRate");
            Check.between(0, 10, textEncoderLearningRate, "training.textEncoderLearningRate");
            Check.present(schedule, "training.schedule");
            Check.within(0, RecipeLimits.TRAINING_STEPS, warmupSteps, "training.warmupSteps");
            Check.between(0, 1000, minSnrGamma, "training.minSnrGamma");
            Check.between(0, 1, noiseOffset, "training.noiseOffset");
            Check.between(0, 1, captionDropout, "training.captionDropout");
            Check.between(0, 1e6, maxGradNorm, "training.maxGradNorm");
            Check.within(1, RecipeLimits.GRADIENT_ACCUMULATION, gradientAccumulation, "training.gradientAccumulation");
            Check.within(1, RecipeLimits.TRAINING_STEPS, checkpointEverySteps, "training.checkpointEverySteps");
            Check.that(
                    steps / checkpointEverySteps <= RecipeLimits.CHECKPOINTS,
                    "training.steps %d with training.checkpointEverySteps %d makes %d checkpoints, at most %d are kept;"
                            + " save less often",
                    steps,
                    checkpointEverySteps,
                    steps / checkpointEverySteps,
                    RecipeLimits.CHECKPOINTS);
            if (area != null) {
                RecipeLimits.check(area, "training.area");
            }
            Check.between(0, 1, orNone(captionTagDropout), "training.captionTagDropout");
            Check.between(0, 1, orNone(huber), "training.huber");
            Check.between(0, 0.99999, orNone(emaDecay), "training.emaDecay");
            Check.that(
                    optimizer != Optimizer.PRODIGY_SCHEDULE_FREE || orNone(emaDecay) == 0,
                    "training.emaDecay %s is a mean of what training.optimizer PRODIGY_SCHEDULE_FREE averages already;"
                            + " leave one of them out",
                    orNone(emaDecay));
            if (heldOutPictures != null) {
                Check.within(0, RecipeLimits.HELD_OUT, heldOutPictures, "training.heldOutPictures");
            }
            if (keepLastCheckpoints != null) {
                Check.within(1, RecipeLimits.CHECKPOINTS, keepLastCheckpoints, "training.keepLastCheckpoints");
            }
            if (keepCheckpointEverySteps != null) {
                Check.within(
                        1, RecipeLimits.TRAINING_STEPS, keepCheckpointEverySteps, "training.keepCheckpointEverySteps");
                Check.that(
                        keepCheckpointEverySteps % checkpointEverySteps == 0,
                        "training.keepCheckpointEverySteps %d never meets a checkpoint that training.checkpointEverySteps"
                                + " %d makes; wanted a multiple of it",
                        keepCheckpointEverySteps,
                        checkpointEverySteps);
            }
        }

        /**
         * Whether a checkpoint stays.
         *
         * @param step it was made after
         * @param newer checkpoints that were made after it; the newest one stays in any case
         */
        public boolean keeps(int step, int newer) {
            if (keepLastCheckpoints == null && keepCheckpointEverySteps == null) {
                return true;
            }
            boolean young = newer < (keepLastCheckpoints == null ? 1 : keepLastCheckpoints);
            return young || keepCheckpointEverySteps != null && step % keepCheckpointEverySteps == 0;
        }

        /** The area, also of a recipe that never met its base. */
        public Size bucketArea() {
            return area == null ? RecipeDefaults.COMMON_AREA : area;
        }
    }

    /**
     * The test pictures.
     *
     * @param prompts one row of the contact sheet each; {@link Subject#fill} names the placeholders
     * @param negativePrompt what the pictures shall not show
     * @param picturesPerPrompt pictures in a row
     * @param steps sampler steps
     * @param guidance classifier-free guidance scale; 1 is none
     * @param strength how much the LoRA counts; 1 is as trained
     * @param seed seed of the first picture of each prompt; the following ones count up; -1 takes a random one when the run is
     *     opened
     * @param size absent: the size that was trained most
     */
    public record Samples(
            List<String> prompts,
            @Nullable String negativePrompt,
            int picturesPerPrompt,
            int steps,
            double guidance,
            SamplerName sampler,
            double strength,
            long seed,
            @Nullable Size size) {

        public Samples {
            prompts = List.copyOf(Check.present(prompts, "samples.prompts"));
            Check.within(0, RecipeLimits.PROMPTS, prompts.size(), "the number of samples.prompts");
            prompts.forEach(prompt -> Check.text(prompt, "a prompt of samples.prompts", RecipeLimits.PROMPT));
            Check.that(
                    negativePrompt == null || negativePrompt.length() <= RecipeLimits.PROMPT,
                    "samples.negativePrompt has more than the %d characters that can be used",
                    RecipeLimits.PROMPT);
            if (negativePrompt != null) {
                Check.withoutZeros(negativePrompt, "samples.negativePrompt");
            }
            Check.within(1, RecipeLimits.SAMPLES, picturesPerPrompt, "samples.picturesPerPrompt");
            Check.that(
                    picturesPerPrompt * prompts.size() <= RecipeLimits.SAMPLES,
                    "%d samples.prompts with samples.picturesPerPrompt %d are %d pictures, at most %d are drawn",
                    prompts.size(),
                    picturesPerPrompt,
                    picturesPerPrompt * prompts.size(),
                    RecipeLimits.SAMPLES);
            Check.within(1, RecipeLimits.SAMPLER_STEPS, steps, "samples.steps");
            RecipeLimits.check(picturesPerPrompt * prompts.size(), steps, "test pictures");
            if (size != null) {
                RecipeLimits.check(size, "samples.size");
            }
            Check.between(0, 100, guidance, "samples.guidance");
            Check.present(sampler, "samples.sampler");
            Check.between(-10, 10, strength, "samples.strength");
            if (size != null) {
                RecipeLimits.checkThatItIsDrawn(size, "samples.size");
            }
        }
    }
}
