package athanor.tools.bench;

import static java.util.Objects.requireNonNull;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.model.ModelFamily;
import athanor.diffusion.pipeline.GuidedDenoiser;
import athanor.diffusion.runtime.DiffusionModel;
import athanor.diffusion.runtime.LoraSet;
import athanor.diffusion.runtime.TextEmbedding;
import athanor.diffusion.sampler.SamplerName;
import athanor.diffusion.sampler.Sampling;
import athanor.diffusion.schedule.SchedulerConfig;
import athanor.diffusion.training.AdamW;
import athanor.diffusion.training.DreamBoothTrainer;
import athanor.diffusion.training.Example;
import athanor.diffusion.training.LearningRateSchedule;
import athanor.diffusion.training.Targets;
import athanor.diffusion.training.TrainingSettings;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** This library in this process: a model to sample with, or a trainer, never both, so that memory is the one's alone. */
final class AthanorContestant implements Contestant {

    private static final double GUIDANCE = 5;

    private final BenchOptions options;
    private final BaseModel base;
    private final double loading;
    private final double startUp;
    private final Random random = new Random(20);
    private @Nullable DiffusionModel model;
    private @Nullable DreamBoothTrainer trainer;

    /** @param preparation seconds since the start of this process that were not its own business */
    AthanorContestant(BenchOptions options, double preparation) {
        this.options = options;
        Stopwatch watch = new Stopwatch();
        this.base = BaseModel.open(options.base());
        if (options.trains()) {
            this.trainer = openTrainer();
        } else {
            this.model = DiffusionModel.load(base, options.compute());
        }
        this.loading = watch.seconds();
        this.startUp = ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0 - preparation;
    }

    @Override
    public int threads() {
        return options.threads();
    }

    @Override
    public double startUp() {
        return startUp;
    }

    @Override
    public double loading() {
        return loading;
    }

    @Override
    public Measurement sample() {
        SchedulerConfig schedule = base.schedulerConfig();
        Sampling sampling = new Sampling(SamplerName.DDIM.of(schedule), schedule.predictionType());
        DiffusionModel ready = requireNonNull(model);
        try (NDManager scope = ready.newScope()) {
            TextEmbedding text = ready.encode(scope, anyIds(), LoraSet.none());
            GuidedDenoiser denoiser = new GuidedDenoiser(ready, LoraSet.none(), text, text, timeIds(scope), GUIDANCE);
            NDArray noise = noise(scope);
            Stopwatch watch = new Stopwatch();
            sampling.run(noise, options.steps(), denoiser, i -> noise(scope), (done, total) -> {})
                    .toFloatArray();
            return watch.taken().dividedBy(options.steps());
        }
    }

    @Override
    public Measurement decode(int batches) {
        DiffusionModel ready = requireNonNull(model);
        try (NDManager scope = ready.newScope()) {
            NDArray latent = noise(scope);
            Stopwatch watch = new Stopwatch();
            for (int i = 0; i < batches; i++) {
                try (NDManager batch = scope.newSubManager()) {
                    ready.decodeLatent(batch, latent).toFloatArray();
                }
            }
            return watch.taken().dividedBy(batches);
        }
    }

    @Override
    public Measurement train(int steps) {
        DreamBoothTrainer ready = requireNonNull(trainer);
        Stopwatch watch = new Stopwatch();
        for (int i = 0; i < steps; i++) {
            ready.step();
        }
        return watch.taken().dividedBy(steps);
    }

    private DreamBoothTrainer openTrainer() {
        TrainingSettings settings = new TrainingSettings(
                new TrainingSettings.Adapter(options.rank(), options.rank(), Targets.ATTENTION_AND_FEED_FORWARD, false),
                new TrainingSettings.Rate(1e-4, 0, Integer.MAX_VALUE, 0, LearningRateSchedule.CONSTANT),
                TrainingSettings.Objective.DREAMBOOTH,
                AdamW.DEFAULT,
                options.batch(),
                1,
                20,
                options.compute());
        return DreamBoothTrainer.open(
                base, settings, examples("a photo of a sks woman"), examples("a photo of a woman"), null);
    }

    private List<Example> examples(String caption) {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < options.batch(); i++) {
            float[] planes = new float[3 * options.width() * options.height()];
            for (int j = 0; j < planes.length; j++) {
                planes[j] = random.nextFloat() * 2 - 1;
            }
            examples.add(Example.whole(planes, options.width(), options.height(), caption));
        }
        return examples;
    }

    private List<long[][]> anyIds() {
        List<long[][]> ids = new ArrayList<>();
        base.textEncoderConfigs().forEach(encoder -> ids.add(new long[options.batch()][encoder.maxPositions()]));
        return ids;
    }

    private @Nullable NDArray timeIds(NDManager scope) {
        return base.family() == ModelFamily.SDXL ? scope.zeros(new Shape(options.batch(), 6)) : null;
    }

    private NDArray noise(NDManager scope) {
        int factor = base.vaeConfig().factor();
        Shape shape = new Shape(
                options.batch(),
                base.vaeConfig().latentChannels(),
                options.height() / factor,
                options.width() / factor);
        float[] values = new float[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return scope.create(values, shape);
    }

    @Override
    public double peakMemory() {
        return ProcessMemory.mebibytes("VmHWM");
    }

    @Override
    public double residentMemory() {
        return ProcessMemory.mebibytes("VmRSS");
    }

    @Override
    public void close() {
        if (trainer != null) {
            trainer.close();
        }
        if (model != null) {
            model.close();
        }
        base.close();
    }
}
