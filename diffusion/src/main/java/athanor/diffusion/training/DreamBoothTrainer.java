package athanor.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import athanor.diffusion.OutOfMemoryException;
import athanor.diffusion.lora.LoraFile;
import athanor.diffusion.lora.LoraKeys;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.program.LoraPlan;
import athanor.diffusion.runtime.LatentCodec;
import athanor.diffusion.schedule.NoiseSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * DreamBooth with prior preservation (Ruiz et al. 2022) on a LoRA (Hu et al. 2021). Knows nothing of services: it is given
 * pictures and yields one report a step. Not thread safe.
 */
public final class DreamBoothTrainer implements AutoCloseable {

    private final BaseModel base;
    private final TrainingSettings settings;
    private final LoraProgram program;
    private final PromptEncoder prompts;
    private final FlatParameters parameters;
    private final PassDraws draws;
    private final Movement movement;
    private final BatchGradient batchGradient;
    private final TrainedPictures pictures;
    private final Validation validation;
    private final Runnable alive;
    private int step;

    /** Null before the first step of this trainer. */
    private @Nullable FirstStep firstStep;

    private DreamBoothTrainer(
            BaseModel base,
            TrainingSettings settings,
            LoraProgram program,
            TrainedPictures pictures,
            TrainerState start,
            Runnable alive) {
        this.base = base;
        this.settings = settings;
        this.program = program;
        this.prompts = new PromptEncoder(base, program);
        this.parameters = program.parameters(start.values(), start.firstMoment(), start.secondMoment());
        this.movement = new Movement(program, parameters.owner(), parameters, settings, start.optimiser());
        this.batchGradient = new BatchGradient(program, prompts, settings);
        this.alive = alive;
        this.step = start.step();
        this.pictures = pictures;
        StepRandom random = new StepRandom(settings.seed());
        NoiseDraws noise = new NoiseDraws(
                settings,
                schedule(base, settings.objective()),
                base.schedulerConfig().predictionType(),
                base.vaeConfig());
        BatchOrder order = new BatchOrder(pictures.instances(), pictures.classPictures(), settings.batchSize(), random);
        this.draws = new PassDraws(noise, order, random, (long) step * settings.gradientAccumulation());
        this.validation = new Validation(program, batchGradient, pictures, noise, random);
    }

    private static NoiseSchedule schedule(BaseModel base, TrainingSettings.Objective objective) {
        return NoiseSchedule.of(
                objective.zeroTerminalSnr() ? base.schedulerConfig().withZeroTerminalSnr() : base.schedulerConfig());
    }

    /**
     * Compiles the training program, reads the base and encodes the pictures.
     *
     * @param base must stay open as long as the trainer
     * @param classPictures empty without a prior
     * @param resumeFrom null for a new LoRA
     * @throws OutOfMemoryException where the base or a picture does not fit
     */
    public static DreamBoothTrainer open(
            BaseModel base,
            TrainingSettings settings,
            List<Example> instances,
            List<Example> classPictures,
            @Nullable TrainerState resumeFrom) {
        return open(base, settings, instances, classPictures, resumeFrom, () -> {});
    }

    /** @param alive is told of every picture that is encoded and of every pass: thousands of them are silent for long otherwise */
    public static DreamBoothTrainer open(
            BaseModel base,
            TrainingSettings settings,
            List<Example> instances,
            List<Example> classPictures,
            @Nullable TrainerState resumeFrom,
            Runnable alive) {
        return OutOfMemoryException.translating(
                () -> prepared(base, settings, instances, classPictures, resumeFrom, alive));
    }

    private static DreamBoothTrainer prepared(
            BaseModel base,
            TrainingSettings settings,
            List<Example> instances,
            List<Example> classPictures,
            @Nullable TrainerState resumeFrom,
            Runnable alive) {
        PriorMode prior = settings.objective().prior();
        List<Example> priorPictures = prior == PriorMode.OFF ? List.of() : classPictures;
        if (prior != PriorMode.OFF && priorPictures.isEmpty()) {
            throw new IllegalArgumentException(
                    "prior preservation (%s) needs class pictures, got none".formatted(prior));
        }
        TrainingLimits.check(base, settings.objective().zeroTerminalSnr());
        LeastMemory.check(base, settings, instances, priorPictures);
        StepRandom random = new StepRandom(settings.seed());
        TrainedPictures pictures;
        try (LatentCodec codec = LatentCodec.load(base.vaeConfig(), base.vae(), settings.compute())) {
            pictures = TrainedPictures.of(
                    encode(codec, instances, alive), encode(codec, priorPictures, alive), settings.heldOut(), random);
        }
        TrainingSettings.Adapter adapter = settings.adapter();
        LoraPlan lora = new LoraPlan(
                adapter.targets().predicate(adapter.textEncoders()),
                adapter.rank(),
                adapter.alpha() / adapter.rank(),
                adapter.dropout());
        LossKind loss = settings.objective().huber() > 0 ? LossKind.HUBER : LossKind.MEAN_SQUARED;
        TrainingPlan plan = new TrainingPlan(lora, adapter.textEncoders(), loss, prior == PriorMode.BASE_PREDICTION);
        LoraProgram program = LoraProgram.load(base, plan, settings.compute());
        try {
            TrainerState start = resumeFrom == null ? LoraInitialisation.draw(program.factors(), random) : resumeFrom;
            if (start.values().length != program.factors().totalElements()) {
                throw new IllegalArgumentException(
                        "the saved state has %d LoRA parameters, this base with these settings has %d"
                                .formatted(
                                        start.values().length, program.factors().totalElements()));
            }
            DreamBoothTrainer trainer = new DreamBoothTrainer(base, settings, program, pictures, start, alive);
            trainer.encodePrompts(Stream.concat(instances.stream(), priorPictures.stream())
                    .map(Example::caption)
                    .toList());
            return trainer;
        } catch (RuntimeException e) {
            program.close();
            throw e;
        }
    }

    private static List<CachedExample> encode(LatentCodec codec, List<Example> examples, Runnable alive) {
        List<CachedExample> encoded = new ArrayList<>();
        for (Example example : examples) {
            encoded.add(CachedExample.encode(codec, example));
            alive.run();
        }
        return List.copyOf(encoded);
    }

    /** Frozen text encoders have done their part once every caption is encoded: 490 MB of SD 1.5 that the steps can use. */
    private void encodePrompts(List<String> captions) {
        if (!settings.adapter().textEncoders()) {
            CaptionDropout.of(settings).outcomes(captions).ifPresent(prompts::encodeOnceForAll);
        }
    }

    /** Optimiser steps done. */
    public int stepsDone() {
        return step;
    }

    public boolean done() {
        return step >= settings.rate().steps();
    }

    /**
     * One optimiser step.
     *
     * @throws TrainingDivergedException when loss or gradient is no number; the parameters stay as they were
     * @throws OutOfMemoryException where the step does not fit
     */
    public StepReport step() {
        return OutOfMemoryException.translating(this::optimiserStep);
    }

    private StepReport optimiserStep() {
        int next = step + 1;
        try (NDManager scope = program.newScope()) {
            Losses losses = new Losses();
            NDArray gradient = gradient(scope, losses);
            double norm = gradient.norm().getFloat();
            if (!Double.isFinite(norm) || !Double.isFinite(losses.sum())) {
                throw new TrainingDivergedException(next, losses.sum(), norm);
            }
            double rate = movement.step(scope, gradient, norm, next);
            step = next;
            return new StepReport(next, losses.instance(), losses.prior(), rate, norm, losses.pictures());
        }
    }

    private NDArray gradient(NDManager scope, Losses losses) {
        int passes = settings.gradientAccumulation();
        int pictures = settings.batchSize() * passes;
        List<FirstStepProbe.Computed> all = new ArrayList<>();
        NDArray sum = null;
        for (int i = 0; i < passes; i++) {
            for (MicroBatch batch : draws.of((long) step * passes + i)) {
                LoraProgram.Gradient part =
                        batchGradient.of(scope, parameters.values(), batch, batch.terms(pictures, pictures));
                for (int row = 0; row < batch.rows().size(); row++) {
                    losses.add(batch.rows().get(row), part.errors()[row]);
                }
                sum = sum == null ? part.gradient() : sum.addi(part.gradient());
                all.add(new FirstStepProbe.Computed(batch, part.errors()));
            }
            alive.run();
        }
        if (sum == null) {
            throw new IllegalStateException("a step without pictures");
        }
        if (firstStep == null) {
            firstStep = new FirstStepProbe(program, parameters.values(), batchGradient, settings, alive)
                    .of(scope, step + 1, all, passes, sum);
        }
        return sum;
    }

    /** What the settings changed of the first step that this trainer did; null before it. */
    public @Nullable FirstStep firstStep() {
        return firstStep;
    }

    /** Instance pictures that are not trained on. */
    public int heldOut() {
        return pictures.heldOut().size();
    }

    /** Numbers of the instance pictures that are trained on, from 0 and in the order in which all were given. */
    public List<Integer> trained() {
        return pictures.numbers();
    }

    /** Errors at noise that is the same every time; changes nothing. */
    public ValidationLoss validate() {
        return OutOfMemoryException.translating(() -> {
            try (NDArray kept = movement.kept()) {
                return validation.measure(kept, alive);
            }
        });
    }

    /** Of the schedule that pictures are noised by. */
    public int timesteps() {
        return schedule(base, settings.objective()).timesteps();
    }

    /** How much of the picture is left at the last timestep. */
    public double signalAtTheLastTimestep() {
        NoiseSchedule schedule = schedule(base, settings.objective());
        return schedule.level(schedule.timesteps() - 1).alpha();
    }

    /** What is trained, in numbers that were counted. */
    public TrainedNumbers trainedNumbers() {
        return TrainedNumbers.of(
                program.factors(), program.unetElements(), parameters.values().getDataType());
    }

    /** The LoRA as it is now, with kohya's keys. */
    public LoraFile lora(Map<String, String> metadata) {
        float[] factors;
        try (NDArray kept = movement.kept()) {
            factors = kept.toFloatArray();
        }
        return LoraFile.of(
                TrainedLayers.of(program.factors(), factors, LoraKeys.of(base), (float)
                        settings.adapter().alpha()),
                metadata);
    }

    /** Everything that a later trainer needs to go on bit for bit (on the CPU). */
    public TrainerState state() {
        return new TrainerState(
                step,
                parameters.values().toFloatArray(),
                parameters.firstMoment().toFloatArray(),
                parameters.secondMoment().toFloatArray(),
                movement.state());
    }

    @Override
    public void close() {
        parameters.close();
        program.close();
    }
}
