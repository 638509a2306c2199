package athanor.tinybase.measure;

import athanor.diffusion.lora.LoraFile;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.pipeline.PictureFeatures;
import athanor.diffusion.pipeline.RenderProgress;
import athanor.diffusion.pipeline.RenderRequest;
import athanor.diffusion.pipeline.RenderRequest.PromptedSeed;
import athanor.diffusion.pipeline.RenderedPicture;
import athanor.diffusion.pipeline.TextToImage;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.runtime.DiffusionModel;
import athanor.diffusion.runtime.LoraSet;
import athanor.diffusion.safetensors.Dtype;
import athanor.diffusion.sampler.SamplerName;
import athanor.diffusion.training.AdamW;
import athanor.diffusion.training.DreamBoothTrainer;
import athanor.diffusion.training.Example;
import athanor.diffusion.training.LearningRateSchedule;
import athanor.diffusion.training.Targets;
import athanor.diffusion.training.TrainingSettings;
import athanor.tinybase.judge.Judge;
import athanor.tinybase.judge.Observation;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The base, its renderer, its trainer and the judge under one roof. */
final class EvaluationHarness implements AutoCloseable {

    private static final int SIDE = SubjectSet.SIDE;
    private static final int CLASS_PICTURES = 32;
    private static final long CLASS_SEED = 50_000;
    /** Enough for pictures of this size; differences between samplers are the business of other tests. */
    private static final int SAMPLER_STEPS = 12;

    private static final double GUIDANCE = 3;
    private static final int BATCH = 4;
    /** So that the bare trigger means the subject as much as the long captions do. */
    private static final double TAG_DROPOUT = 0.5;

    private final BaseModel base;
    private final DiffusionModel model;
    private final TextToImage renderer;
    private final PictureFeatures features;
    private final Judge judge;
    private final Consumer<String> log;
    private final @Nullable Path kept;
    private final Map<String, List<Example>> classPictures = new HashMap<>();
    private final Map<String, LoraSet> ordinary = new HashMap<>();

    private EvaluationHarness(BaseModel base, @Nullable Path kept, Consumer<String> log) {
        this.kept = kept;
        this.base = base;
        this.model = DiffusionModel.load(base, ComputeOptions.CPU);
        this.renderer = new TextToImage(base, model);
        this.features = new PictureFeatures(base, model);
        this.judge = Judge.shipped();
        this.log = log;
    }

    /** @param log is told what is going on */
    static EvaluationHarness open(Path base, Consumer<String> log) {
        return open(base, null, log);
    }

    /** @param kept folder of LoRAs that shall not be trained again; null for none */
    static EvaluationHarness open(Path base, @Nullable Path kept, Consumer<String> log) {
        return new EvaluationHarness(BaseModel.open(base), kept, log);
    }

    void log(String line) {
        log.accept(line);
    }

    /** @return pictures of seeds firstSeed, firstSeed + 1, ... */
    List<BufferedImage> render(LoraSet lora, String prompt, long firstSeed, int count) {
        return render(lora, prompt, firstSeed, count, SIDE);
    }

    List<BufferedImage> render(LoraSet lora, String prompt, long firstSeed, int count, int side) {
        return render(
                lora,
                LongStream.range(firstSeed, firstSeed + count)
                        .mapToObj(seed -> new PromptedSeed(prompt, seed))
                        .toList(),
                side);
    }

    List<BufferedImage> render(LoraSet lora, List<PromptedSeed> wanted, int side) {
        return render(lora, wanted, side, SAMPLER_STEPS);
    }

    List<BufferedImage> render(LoraSet lora, List<PromptedSeed> wanted, int side, int samplerSteps) {
        RenderRequest request =
                new RenderRequest(wanted, "", side, side, samplerSteps, GUIDANCE, SamplerName.DPMPP_2M_KARRAS, 8);
        return renderer.render(request, lora, RenderProgress.NONE).pictures().stream()
                .map(RenderedPicture::image)
                .toList();
    }

    /** What the base, and not the judge, sees in them. */
    List<float[]> features(List<BufferedImage> pictures, String prompt) {
        return features.of(pictures, prompt);
    }

    List<Observation> look(List<BufferedImage> pictures) {
        return judge.look(pictures);
    }

    Judge judge() {
        return judge;
    }

    BaseModel base() {
        return base;
    }

    /** @return pictures that the base renders of the class, with the class prompt as caption; rendered once a prompt */
    List<Example> classPictures(SubjectSet set) {
        return classPictures.computeIfAbsent(set.classPrompt(), prompt -> {
            log.accept("rendering %d class pictures of \"%s\"".formatted(CLASS_PICTURES, prompt));
            return render(LoraSet.none(), prompt, CLASS_SEED, CLASS_PICTURES).stream()
                    .map(picture -> SubjectSet.example(picture, prompt))
                    .toList();
        });
    }

    /** @return the LoRA of the ordinary way: all framings, class pictures as prior; trained once and shared by measures */
    LoraSet ordinary(SubjectSet set, int steps, long seed) {
        return ordinary(set, steps, seed, Set.of(), (step, lora) -> {});
    }

    LoraSet ordinary(SubjectSet set, int steps, long seed, Set<Integer> stops, BiConsumer<Integer, LoraSet> visitor) {
        String key = "%s, the ordinary way, seed %d, %d steps"
                .formatted(set.subject().folder(), seed, steps);
        LoraSet known = ordinary.get(key);
        if (known != null && stops.isEmpty()) {
            return known;
        }
        TrainingPlan plan = TrainingPlan.withPrior(set.examples(), classPictures(set), steps, seed);
        LoraSet lora = train(key, plan, stops, visitor);
        ordinary.put(key, lora);
        return lora;
    }

    LoraSet train(String name, TrainingPlan plan) {
        return train(name, plan, Set.of(), (step, lora) -> {});
    }

    /**
     * @param stops steps after which the LoRA as it is then is shown to the visitor
     * @return the LoRA at the end
     */
    LoraSet train(String name, TrainingPlan plan, Set<Integer> stops, BiConsumer<Integer, LoraSet> visitor) {
        return LoraSet.of(trainFile(name, plan, stops, (step, lora) -> visitor.accept(step, LoraSet.of(lora, 1))), 1);
    }

    /**
     * The LoRAs of a training after so many steps each, trained once for as long as the folder lives in which they are kept.
     *
     * @param name tells it from other trainings
     */
    Map<Integer, LoraSet> checkpoints(String name, TrainingPlan plan, SortedSet<Integer> steps) {
        Path folder = kept;
        Map<Integer, LoraFile> files = new TreeMap<>();
        for (int step : steps) {
            Path file = folder == null ? null : file(folder, name, step);
            if (file != null && Files.isRegularFile(file)) {
                files.put(step, LoraFile.read(file));
            }
        }
        if (files.size() < steps.size()) {
            trainFile(name, plan, steps, files::put);
            if (folder != null) {
                files.forEach((step, lora) -> keep(file(folder, name, step), lora));
            }
        }
        Map<Integer, LoraSet> loras = new TreeMap<>();
        files.forEach((step, lora) -> loras.put(step, LoraSet.of(lora, 1)));
        return loras;
    }

    private static Path file(Path folder, String name, int step) {
        return folder.resolve("%s, step %d.safetensors".formatted(name, step));
    }

    private static void keep(Path file, LoraFile lora) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, lora.toBytes(Dtype.F32));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LoraFile trainFile(
            String name, TrainingPlan plan, Set<Integer> stops, BiConsumer<Integer, LoraFile> visitor) {
        TrainingSettings settings = new TrainingSettings(
                new TrainingSettings.Adapter(plan.rank(), plan.rank(), Targets.WITH_CONVOLUTIONS, plan.textEncoder()),
                new TrainingSettings.Rate(
                        plan.learningRate(),
                        plan.learningRate(),
                        plan.steps(),
                        plan.warmUp(),
                        LearningRateSchedule.COSINE),
                TrainingSettings.Objective.of(plan.mode()).withCaptionTagDropout(TAG_DROPOUT, List.of()),
                AdamW.DEFAULT,
                BATCH,
                1,
                plan.seed(),
                ComputeOptions.CPU);
        long start = System.nanoTime();
        try (DreamBoothTrainer trainer = DreamBoothTrainer.open(base, settings, plan.instances(), plan.prior(), null)) {
            while (!trainer.done()) {
                int step = trainer.step().step();
                if (stops.contains(step)) {
                    visitor.accept(step, trainer.lora(Map.of()));
                }
            }
            log.accept(
                    "trained %s: %d steps in %.0f s".formatted(name, plan.steps(), (System.nanoTime() - start) / 1e9));
            return trainer.lora(Map.of());
        }
    }

    @Override
    public void close() {
        judge.close();
        model.close();
        base.close();
    }
}
