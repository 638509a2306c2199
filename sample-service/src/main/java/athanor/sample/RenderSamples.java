package athanor.sample;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.events.CheckpointSaved;
import athanor.contracts.events.DrawingProgressed;
import athanor.contracts.events.LoraTrained;
import athanor.contracts.events.ProofRendered;
import athanor.contracts.events.Sample;
import athanor.contracts.events.SamplesRendered;
import athanor.contracts.guard.GuardAnswer;
import athanor.contracts.guard.GuardMode;
import athanor.contracts.guard.GuardRule;
import athanor.contracts.json.Json;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.RunId;
import athanor.guards.Guards;
import athanor.guards.LoraFacts;
import athanor.guards.Wish;
import athanor.pictures.Pixels;
import athanor.pictures.reader.PictureReader;
import athanor.sample.proof.ProofSheet;
import athanor.sample.render.AppliedLora;
import athanor.sample.render.DrawingWatch;
import athanor.sample.render.RenderWish;
import athanor.sample.render.RenderWish.PromptedSeed;
import athanor.sample.render.RenderedPictures;
import athanor.sample.render.Renderer;
import athanor.sample.sheet.ContactSheet;
import athanor.sample.sheet.SheetRow;
import athanor.sample.verdict.PromptPictures;
import athanor.sample.verdict.Verdicts;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import java.awt.image.BufferedImage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Draws the same prompts and seeds without and with a LoRA, measures what changed, and puts all of it on a contact
 * sheet. The result is stored before it is announced; a second delivery finds it there and draws nothing.
 */
public final class RenderSamples {

    private static final String PNG = "image/png";

    /** More would only make the sheet longer. */
    private static final int INSTANCES_SHOWN = 16;

    private final ObjectStore store;
    private final Renderer renderer;
    private final InstancePictures instances;
    private final Predicate<RunId> cancelled;
    private final Consumer<DrawingProgressed> news;
    private final Clock clock;

    /**
     * @param cancelled asked while pictures are drawn; they end with a {@link java.util.concurrent.CancellationException}
     * @param news told how far the pictures of a finished LoRA are, on the thread that draws
     */
    public RenderSamples(
            ObjectStore store,
            PictureReader reader,
            Renderer renderer,
            Predicate<RunId> cancelled,
            Consumer<DrawingProgressed> news,
            Clock clock) {
        this.store = store;
        this.renderer = renderer;
        this.cancelled = cancelled;
        this.news = news;
        this.instances = new InstancePictures(store, reader);
        this.clock = clock;
    }

    /** The pictures by which a finished LoRA is judged. */
    public SamplesRendered of(LoraTrained trained) {
        return once(task(trained));
    }

    private static SampleTask task(LoraTrained trained) {
        Recipe recipe = trained.recipe();
        Size trainedMost = trained.trainedSizes().isEmpty()
                ? recipe.training().bucketArea()
                : trained.trainedSizes().get(0);
        return new SampleTask(
                trained.runId(),
                trained.name(),
                trained.steps(),
                true,
                trained.lora(),
                recipe,
                sizeOr(trainedMost, recipe),
                SamplePrompts.of(recipe),
                recipe.samples().picturesPerPrompt());
    }

    /**
     * The sheet of a finished LoRA once more, with what the proof found among its sentences.
     *
     * @return the old one where pictures are gone from the store
     */
    public ObjectRef sheetWith(LoraTrained trained, SamplesRendered rendered, ProofRendered proof) {
        SampleTask task = task(trained);
        List<BufferedImage> pictures = rendered.samples().stream()
                .flatMap(sample -> instances.decode(store.read(sample.picture())).stream())
                .map(ProofSheet::atLeastReadable)
                .toList();
        if (pictures.size() != 2 * task.prompts().size() * task.perPrompt()) {
            return rendered.contactSheet();
        }
        // They were kept in pairs, without and with the LoRA.
        List<PromptPictures> prompts = byPrompt(task, everySecond(pictures, 0), everySecond(pictures, 1));
        List<String> sentences = new ArrayList<>(List.of(proof.recommended().sentence()));
        sentences.addAll(proof.findings());
        // What colours hint at was measured now. That pictures fell apart stays true.
        rendered.verdicts().stream()
                .filter(verdict -> verdict.startsWith(Verdicts.BAD))
                .forEach(sentences::add);
        BufferedImage first = pictures.get(0);
        List<SheetRow> measured =
                ProvedRows.of(proof, larger(recommended(task, proof)), first.getWidth(), first.getHeight());
        return store.put(
                ObjectKeys.sample(task.runId(), task.step(), SampleTask.SHEET_WITH_PROOF),
                Pixels.png(ContactSheet.paint(SampleSheet.of(
                        task, larger(instances.of(task.runId(), INSTANCES_SHOWN)), prompts, measured, sentences))),
                PNG);
    }

    private static List<BufferedImage> larger(List<BufferedImage> pictures) {
        return pictures.stream().map(ProofSheet::atLeastReadable).toList();
    }

    /** The first prompt as the proof recommends to draw it, where the sheet does not show that anyway. */
    private List<BufferedImage> recommended(SampleTask task, ProofRendered proof) {
        if (ProvedRows.isRecommended(proof, task.step(), task.strength())) {
            return List.of();
        }
        ObjectRef lora = proof.recommended().lora();
        AppliedLora applied = new AppliedLora(
                lora.sha256(), store.read(lora), proof.recommended().strength());
        return draw(
                task.withPrompts(task.prompts().subList(0, 1)),
                List.of(applied),
                new ArrayList<>(),
                (done, steps) -> {});
    }

    private static List<BufferedImage> everySecond(List<BufferedImage> pictures, int first) {
        return IntStream.range(0, pictures.size() / 2)
                .mapToObj(i -> pictures.get(2 * i + first))
                .toList();
    }

    /** Whether the pictures of a finished LoRA are there. */
    public boolean hasRendered(LoraTrained trained) {
        return store.stat(ObjectKeys.sample(trained.runId(), trained.steps(), SampleTask.announcementFile(true)))
                .isPresent();
    }

    /** A glance at a checkpoint while the training goes on: few pictures, of the first prompt only. */
    public SamplesRendered of(CheckpointSaved checkpoint, int pictures) {
        Recipe recipe = checkpoint.recipe();
        return once(new SampleTask(
                checkpoint.runId(),
                checkpoint.runId().value(),
                checkpoint.step(),
                false,
                checkpoint.lora(),
                recipe,
                sizeOr(recipe.training().bucketArea(), recipe),
                SamplePrompts.of(recipe).subList(0, 1),
                Math.min(pictures, recipe.samples().picturesPerPrompt())));
    }

    private static Size sizeOr(Size otherwise, Recipe recipe) {
        Size wanted = recipe.samples().size();
        return wanted == null ? otherwise : wanted;
    }

    private SamplesRendered once(SampleTask task) {
        String announcement = ObjectKeys.sample(task.runId(), task.step(), SampleTask.announcementFile(task.last()));
        Optional<SamplesRendered> before =
                store.find(announcement).map(found -> Json.read(found.bytes(), SamplesRendered.class));
        if (before.isPresent()) {
            return before.get();
        }
        SamplesRendered rendered = render(task);
        store.put(announcement, Json.bytes(rendered), "application/json");
        return rendered;
    }

    private SamplesRendered render(SampleTask task) {
        Instant start = clock.instant();
        byte[] file = store.read(task.lora());
        LoraFacts facts = LoraFacts.of(file);
        List<String> warnings = new ArrayList<>();
        int each = task.prompts().size() * task.perPrompt();
        // A glance at a checkpoint holds nobody up: the training goes on meanwhile.
        DrawingCount progress = new DrawingCount(
                task.runId(), DrawingProgressed.Kind.TEST_PICTURES, 2 * each, task.last() ? news : glance -> {}, clock);
        List<BufferedImage> without = draw(task, List.of(), warnings, progress.next(each));
        List<BufferedImage> with = draw(
                task,
                List.of(new AppliedLora(task.lora().sha256(), file, task.strength())),
                warnings,
                progress.next(each));

        List<PromptPictures> prompts = byPrompt(task, without, with);
        List<BufferedImage> shown = instances.of(task.runId(), INSTANCES_SHOWN);
        List<String> verdicts = Stream.concat(
                        Stream.concat(Verdicts.of(shown, prompts).stream(), saidOfPrompts(task, prompts, facts)),
                        warnings.stream().distinct())
                .toList();
        List<Sample> samples = keep(task, prompts, facts);
        ObjectRef sheet = store.put(
                ObjectKeys.sample(task.runId(), task.step(), task.sheetFile()),
                Pixels.png(ContactSheet.paint(SampleSheet.of(task, shown, prompts, verdicts))),
                PNG);
        Instant end = clock.instant();
        return new SamplesRendered(
                task.runId(),
                task.step(),
                task.last(),
                samples,
                sheet,
                verdicts,
                Duration.between(start, end).toMillis() / 1000.0,
                end);
    }

    private List<BufferedImage> draw(
            SampleTask task, List<AppliedLora> loras, List<String> warnings, DrawingWatch watch) {
        Recipe.Samples settings = task.recipe().samples();
        List<PromptedSeed> pictures = task.prompts().stream()
                .flatMap(prompt -> task.seeds().stream().map(seed -> new PromptedSeed(prompt, seed)))
                .toList();
        String negative = settings.negativePrompt() == null ? "" : settings.negativePrompt();
        RenderedPictures drawn = renderer.render(
                new RenderWish(
                                task.recipe().baseModel(),
                                loras,
                                pictures,
                                negative,
                                task.size(),
                                settings.steps(),
                                settings.guidance(),
                                settings.sampler())
                        .watchedBy(watch),
                () -> cancelled.test(task.runId()));
        warnings.addAll(drawn.warnings());
        return drawn.pictures();
    }

    private static List<PromptPictures> byPrompt(
            SampleTask task, List<BufferedImage> without, List<BufferedImage> with) {
        List<PromptPictures> prompts = new ArrayList<>();
        for (int i = 0; i < task.prompts().size(); i++) {
            String prompt = task.prompts().get(i);
            int from = i * task.perPrompt();
            int to = from + task.perPrompt();
            prompts.add(new PromptPictures(
                    prompt,
                    SamplePrompts.callsSubject(prompt, task.recipe().subject()),
                    without.subList(from, to),
                    with.subList(from, to)));
        }
        return prompts;
    }

    private List<Sample> keep(SampleTask task, List<PromptPictures> prompts, LoraFacts facts) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            PromptPictures pictures = prompts.get(i);
            List<String> warnings = guardsOf(task, pictures, facts);
            for (int k = 0; k < task.perPrompt(); k++) {
                samples.add(keep(task, i, k, false, pictures.without().get(k), List.of()));
                samples.add(keep(task, i, k, true, pictures.with().get(k), warnings));
            }
        }
        return samples;
    }

    /** That the class is asked for without the trigger is meant so. */
    private static List<String> guardsOf(SampleTask task, PromptPictures pictures, LoraFacts facts) {
        Wish wish =
                new Wish(pictures.prompt(), task.size(), false, null, List.of(new Wish.Used(facts, task.strength())));
        return Guards.check(GuardMode.WARN, wish).answers().stream()
                .filter(answer -> pictures.callsSubject() || answer.rule() != GuardRule.TRIGGER)
                .map(GuardAnswer::sentence)
                .toList();
    }

    private static Stream<String> saidOfPrompts(SampleTask task, List<PromptPictures> prompts, LoraFacts facts) {
        return prompts.stream()
                .flatMap(pictures -> guardsOf(task, pictures, facts).stream()
                        .map(sentence -> "Guard of \"%s\": %s".formatted(pictures.prompt(), sentence)));
    }

    private Sample keep(
            SampleTask task, int prompt, int picture, boolean withLora, BufferedImage image, List<String> warnings) {
        long seed = task.seeds().get(picture);
        ObjectRef stored = store.put(
                ObjectKeys.sample(task.runId(), task.step(), task.pictureFile(prompt, seed, withLora)),
                Pixels.png(image),
                PNG);
        return new Sample(
                stored, task.prompts().get(prompt), seed, withLora ? task.strength() : 0, task.size(), warnings);
    }
}
