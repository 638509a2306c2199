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
import athanor.diffusion.schedule.PredictionType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * DreamBooth with prior preservation (Ruiz et al. 2022) on a LoRA (Hu et al. 2021). Knows nothing of services: it is given
 * pictures and yields one report a step. Not thread safe.
 */
public final class DreamBoothTrainer implements AutoCloseable {

    private final BaseModel base;
    private final TrainingSettings settings;
    private final NoiseSchedule schedule;
    private final PredictionType prediction;
    private final LoraProgram program;
    private final PromptEncoder prompts;
    private final FlatParameters parameters;
    private final BatchOrder order;
    private final StepRandom random;
    private final Runnable alive;
    private int step;

    /** Drawn while the step before is computed: a card would wait for the noise of a large picture. */
    private CompletableFuture<List<MicroBatch>> next;

    /** Which pass {@link #next} is. */
    private long nextPass;

    private DreamBoothTrainer(
            BaseModel base,
            TrainingSettings settings,
            LoraProgram program,
            BatchOrder order,
            TrainerState start,
            Runnable alive) {
        this.base = base;
        this.settings = settings;
        this.schedule = NoiseSchedule.of(
                settings.objective().zeroTerminalSnr()
                        ? base.schedulerConfig().withZeroTerminalSnr()
                        : base.schedulerConfig());
        this.prediction = base.schedulerConfig().predictionType();
        this.program = program;
        this.prompts = new PromptEncoder(base, program);
        this.parameters = program.parameters(start.values(), start.firstMoment(), start.secondMoment());
        this.order = order;
        this.random = new StepRandom(settings.seed());
        this.alive = alive;
        this.step = start.step();
        this.next = draw((long) step * settings.gradientAccumulation());
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
        BatchOrder order;
        try (LatentCodec codec = LatentCodec.load(base.vaeConfig(), base.vae(), settings.compute())) {
            order = new BatchOrder(
                    encode(codec, instances, alive), encode(codec, priorPictures, alive), settings.batchSize(), random);
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
            DreamBoothTrainer trainer = new DreamBoothTrainer(base, settings, program, order, start, alive);
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
        double factor = settings.rate()
                .schedule()
                .factor(next, settings.rate().warmUp(), settings.rate().steps());
        double rate = settings.rate().unet() * factor;
        try (NDManager scope = program.newScope()) {
            Losses losses = new Losses();
            NDArray gradient = gradient(scope, losses);
            double norm = gradient.norm().getFloat();
            if (!Double.isFinite(norm) || !Double.isFinite(losses.sum())) {
                throw new TrainingDivergedException(next, losses.sum(), norm);
            }
            float[] hyper = settings.optimizer()
                    .hyperParameters(next, rate, settings.rate().textEncoder() * factor, 0);
            program.update(scope, parameters, gradient, hyper);
            step = next;
            return new StepReport(next, losses.instance(), losses.prior(), rate, norm);
        }
    }

    private NDArray gradient(NDManager scope, Losses losses) {
        int passes = settings.gradientAccumulation();
        int pictures = settings.batchSize() * passes;
        NDArray sum = null;
        for (int i = 0; i < passes; i++) {
            for (MicroBatch batch : drawn((long) step * passes + i)) {
                LoraProgram.Gradient part = gradient(scope, batch, batch.terms(pictures, pictures));
                for (int row = 0; row < batch.rows().size(); row++) {
                    losses.add(batch.rows().get(row).isClass(), part.errors()[row]);
                }
                sum = sum == null ? part.gradient() : sum.addi(part.gradient());
            }
            alive.run();
        }
        if (sum == null) {
            throw new IllegalStateException("a step without pictures");
        }
        return sum;
    }

    /** The micro-batches of a pass; those of the pass after it are begun. A step that failed asks for the same pass again. */
    private List<MicroBatch> drawn(long pass) {
        List<MicroBatch> batches = pass == nextPass ? next.join() : microBatches(pass);
        next = draw(pass + 1);
        return batches;
    }

    private CompletableFuture<List<MicroBatch>> draw(long pass) {
        nextPass = pass;
        return CompletableFuture.supplyAsync(() -> microBatches(pass));
    }

    /** One micro-batch where instances and class pictures have one size, else two. */
    private List<MicroBatch> microBatches(long passNumber) {
        BatchOrder.Pass pass = order.pass(passNumber);
        MicroBatch instances = newBatch();
        for (int i = 0; i < pass.instances().size(); i++) {
            instances.add(pass.instances().get(i), false, random.at(StepRandom.Purpose.INSTANCE, passNumber, i));
        }
        if (pass.classPictures().isEmpty()) {
            return List.of(instances);
        }
        CachedExample instance = pass.instances().get(0);
        CachedExample other = pass.classPictures().get(0);
        boolean oneSize =
                instance.latentWidth() == other.latentWidth() && instance.latentHeight() == other.latentHeight();
        MicroBatch classPictures = oneSize ? instances : newBatch();
        for (int i = 0; i < pass.classPictures().size(); i++) {
            classPictures.add(
                    pass.classPictures().get(i), true, random.at(StepRandom.Purpose.CLASS_PICTURE, passNumber, i));
        }
        return oneSize ? List.of(instances) : List.of(instances, classPictures);
    }

    private MicroBatch newBatch() {
        return new MicroBatch(settings, schedule, prediction, base.vaeConfig());
    }

    private LoraProgram.Gradient gradient(NDManager scope, MicroBatch batch, NoiseTerms terms) {
        List<String> captions = batch.captions();
        GradientInputs.Prompts described = settings.adapter().textEncoders()
                ? new GradientInputs.Prompts.Tokens(prompts.ids(scope, captions))
                : new GradientInputs.Prompts.Encoded(prompts.embeddings(scope, captions));
        return program.gradient(
                scope,
                parameters,
                new GradientInputs(
                        batch.latents(scope),
                        batch.noise(scope),
                        terms,
                        batch.mask(scope),
                        described,
                        program.hasPooledText() ? batch.timeIds(scope) : null,
                        settings.adapter().dropout().isOff() ? null : batch.dropoutSeeds(scope)));
    }

    /** The LoRA as it is now, with kohya's keys. */
    public LoraFile lora(Map<String, String> metadata) {
        float[] factors = parameters.values().toFloatArray();
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
                parameters.secondMoment().toFloatArray());
    }

    @Override
    public void close() {
        parameters.close();
        program.close();
    }
}
