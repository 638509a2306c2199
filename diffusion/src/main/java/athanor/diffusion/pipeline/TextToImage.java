package athanor.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.OutOfMemoryException;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.model.ModelFamily;
import athanor.diffusion.runtime.DiffusionModel;
import athanor.diffusion.runtime.LoraSet;
import athanor.diffusion.runtime.TextEmbedding;
import athanor.diffusion.sampler.Sampling;
import athanor.diffusion.schedule.PredictionType;
import athanor.diffusion.schedule.SchedulerConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pictures from prompts. As its model, it serves one thread at a time. */
public final class TextToImage {

    private final BaseModel base;
    private final DiffusionModel model;
    private final PromptEncoder prompts;
    private final LatentEncoder encoder;
    private final LatentDecoder decoder;

    /** @param model the networks of the base; stays open */
    public TextToImage(BaseModel base, DiffusionModel model) {
        this.base = base;
        this.model = model;
        this.prompts = new PromptEncoder(base, model);
        this.encoder = new LatentEncoder(model, base.vaeConfig());
        this.decoder = new LatentDecoder(model, base.vaeConfig());
    }

    /**
     * Renders all pictures of a request.
     *
     * @throws CancellationException when the progress says not to go on
     * @throws OutOfMemoryException where the pictures do not fit
     */
    public Rendering render(RenderRequest request, LoraSet lora, RenderProgress progress) {
        return OutOfMemoryException.translating(() -> rendered(request, null, lora, progress));
    }

    /**
     * Draws over pictures that are there: noise is laid on them, and only the last steps are taken.
     *
     * @param refinement with a picture of the request's size for each of its own
     * @throws CancellationException when the progress says not to go on
     * @throws OutOfMemoryException where the pictures do not fit
     */
    public Rendering refine(RenderRequest request, Refinement refinement, LoraSet lora, RenderProgress progress) {
        refinement.checkThatItFits(request);
        return OutOfMemoryException.translating(() -> rendered(request, refinement, lora, progress));
    }

    private Rendering rendered(
            RenderRequest request, @Nullable Refinement refinement, LoraSet lora, RenderProgress progress) {
        int factor = base.vaeConfig().factor();
        if (request.width() % factor != 0 || request.height() % factor != 0) {
            throw new IllegalArgumentException("%d x %d pixels cannot be rendered; this base wants multiples of %d"
                    .formatted(request.width(), request.height(), factor));
        }
        try (NDManager scope = model.newScope()) {
            Prompts encoded = encode(scope, request, lora);
            List<RenderedPicture> pictures = new ArrayList<>();
            List<List<RenderRequest.PromptedSeed>> batches = batches(request);
            Steps steps = new Steps(progress, batches.size());
            for (List<RenderRequest.PromptedSeed> batch : batches) {
                int done = pictures.size();
                Refinement over = refinement == null ? null : refinement.part(done, done + batch.size());
                pictures.addAll(render(scope, request, batch, over, encoded, lora, steps));
                steps.batchDone();
            }
            return new Rendering(pictures, List.copyOf(encoded.warnings()));
        }
    }

    /** Every prompt of a request, encoded once. */
    private record Prompts(
            @Nullable TextEmbedding negative, Map<String, TextEmbedding> positive, Set<String> warnings) {

        /** Those of fewer parts than the longest get empty ones: a batch, and both halves of a guided call, have one length. */
        Prompts inOneLength(Supplier<TextEmbedding> empty) {
            long[] lengths = Stream.concat(positive.values().stream(), Stream.ofNullable(negative))
                    .mapToLong(TextEmbedding::length)
                    .distinct()
                    .sorted()
                    .toArray();
            if (lengths.length < 2) {
                return this;
            }
            long longest = lengths[lengths.length - 1];
            TextEmbedding nothing = empty.get();
            Map<String, TextEmbedding> even = new LinkedHashMap<>();
            positive.forEach((prompt, text) -> even.put(prompt, TextEmbeddings.lengthened(text, nothing, longest)));
            return new Prompts(
                    negative == null ? null : TextEmbeddings.lengthened(negative, nothing, longest), even, warnings);
        }
    }

    private Prompts encode(NDManager scope, RenderRequest request, LoraSet lora) {
        Set<String> warnings = new LinkedHashSet<>(model.leftOut(lora));
        Map<String, TextEmbedding> positive = new LinkedHashMap<>();
        for (RenderRequest.PromptedSeed picture : request.pictures()) {
            positive.computeIfAbsent(picture.prompt(), prompt -> {
                PromptEncoder.Encoded encoded = prompts.encode(scope, prompt, lora);
                warnings.addAll(encoded.warnings());
                return encoded.text();
            });
        }
        if (!request.isGuided()) {
            if (!request.negativePrompt().isBlank()) {
                warnings.add("the negative prompt is not read at guidance %s; it counts above 1"
                        .formatted(request.guidance()));
            }
            return new Prompts(null, positive, warnings).inOneLength(() -> empty(scope, lora));
        }
        PromptEncoder.Encoded negative = prompts.encodeNegative(scope, request.negativePrompt(), lora);
        negative.warnings().forEach(warning -> warnings.add("negative prompt: " + warning));
        return new Prompts(negative.text(), positive, warnings).inOneLength(() -> empty(scope, lora));
    }

    private TextEmbedding empty(NDManager scope, LoraSet lora) {
        return prompts.encode(scope, "", lora).text();
    }

    private List<RenderedPicture> render(
            NDManager owner,
            RenderRequest request,
            List<RenderRequest.PromptedSeed> batch,
            @Nullable Refinement over,
            Prompts encoded,
            LoraSet lora,
            Steps steps) {
        int factor = base.vaeConfig().factor();
        SchedulerConfig schedule = schedule(base.schedulerConfig(), lora);
        try (NDManager scope = owner.newSubManager()) {
            SeededNoise noise = new SeededNoise(
                    batch.stream().map(RenderRequest.PromptedSeed::seed).toList(),
                    base.vaeConfig().latentChannels(),
                    request.height() / factor,
                    request.width() / factor);
            Sampling sampling = new Sampling(request.sampler().of(schedule), schedule.predictionType());
            TextEmbedding text = TextEmbeddings.rows(
                    batch.stream().map(p -> encoded.positive().get(p.prompt())).toList());
            TextEmbedding negative = encoded.negative();
            GuidedDenoiser denoiser = new GuidedDenoiser(
                    model,
                    lora,
                    negative == null ? null : TextEmbeddings.rows(Collections.nCopies(batch.size(), negative)),
                    text,
                    timeIds(scope, request, batch.size()),
                    request.guidance());
            NDArray latents = over == null
                    ? sampling.run(noise.next(scope), request.steps(), denoiser, i -> noise.next(scope), steps)
                    : sampling.refine(
                            encoder.encode(scope, over.pictures()),
                            noise.next(scope),
                            request.steps(),
                            over.strength(),
                            denoiser,
                            i -> noise.next(scope),
                            steps);
            return pictures(request, batch, decoder.decode(latents));
        }
    }

    /** A LoRA is drawn with the schedule that it was trained on. A base that predicts noise cannot begin without any picture. */
    static SchedulerConfig schedule(SchedulerConfig ofTheBase, LoraSet lora) {
        return lora.wantsZeroTerminalSnr() && ofTheBase.predictionType() != PredictionType.EPSILON
                ? ofTheBase.withZeroTerminalSnr()
                : ofTheBase;
    }

    /** SDXL's micro-conditioning: a picture that was never scaled nor cropped. */
    private @Nullable NDArray timeIds(NDManager scope, RenderRequest request, int count) {
        if (base.family() != ModelFamily.SDXL) {
            return null;
        }
        float[] row = {request.height(), request.width(), 0, 0, request.height(), request.width()};
        return scope.create(row, new Shape(1, row.length)).repeat(0, count);
    }

    private static List<RenderedPicture> pictures(
            RenderRequest request, List<RenderRequest.PromptedSeed> batch, List<float[]> decoded) {
        List<RenderedPicture> pictures = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            pictures.add(new RenderedPicture(batch.get(i).seed(), request.width(), request.height(), decoded.get(i)));
        }
        return pictures;
    }

    private static List<List<RenderRequest.PromptedSeed>> batches(RenderRequest request) {
        List<List<RenderRequest.PromptedSeed>> batches = new ArrayList<>();
        int count = request.pictures().size();
        for (int start = 0; start < count; start += request.batch()) {
            batches.add(request.pictures().subList(start, Math.min(start + request.batch(), count)));
        }
        return batches;
    }

    /** Counts the steps of all batches as one run. */
    private static final class Steps implements Sampling.Progress {

        private final RenderProgress progress;
        private final int batches;
        private int batchesDone;

        Steps(RenderProgress progress, int batches) {
            this.progress = progress;
            this.batches = batches;
        }

        void batchDone() {
            batchesDone++;
        }

        @Override
        public void stepped(int done, int total) {
            if (!progress.stepped(batchesDone * total + done, batches * total)) {
                throw new CancellationException("the rendering was cancelled after %d of %d steps"
                        .formatted(batchesDone * total + done, batches * total));
            }
        }
    }
}
