package athanor.sample;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.events.Sample;
import athanor.contracts.rest.SampleRequest;
import athanor.contracts.rest.SampleResponse;
import athanor.contracts.run.RunId;
import athanor.guards.Guarded;
import athanor.guards.LoraFacts;
import athanor.guards.TwoPasses;
import athanor.pictures.Pixels;
import athanor.sample.render.DrawingWatch;
import athanor.sample.render.FirstPass;
import athanor.sample.render.RenderWish;
import athanor.sample.render.RenderWish.PromptedSeed;
import athanor.sample.render.RenderedPictures;
import athanor.sample.render.Renderer;
import athanor.sample.request.AskedPictures;
import athanor.sample.request.FoundLora;
import athanor.sample.request.GenerationText;
import athanor.sample.request.ReadRequests;
import athanor.sample.request.RequestRefused;
import athanor.store.ObjectStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Draws what somebody asks for by REST, outside the flow of a run, and says what the guards think of it. */
public final class RenderRequested {

    /** Each may take its time, and what runs ask for stands in the same line. */
    private static final int MOST_AT_A_TIME = 4;

    private final KeepRequested keepRequested;
    private final ReadRequests readRequests;
    private final Renderer renderer;
    private final Duration longest;
    private final Clock clock;
    private final Semaphore places = new Semaphore(MOST_AT_A_TIME);

    /**
     * @param erased whether somebody has wished a run gone
     * @param longest a request may take to draw
     */
    public RenderRequested(
            ObjectStore store,
            ReadRequests readRequests,
            Renderer renderer,
            Predicate<RunId> erased,
            Duration longest,
            Clock clock) {
        this.keepRequested = new KeepRequested(store, erased);
        this.readRequests = readRequests;
        this.renderer = renderer;
        this.longest = longest;
        this.clock = clock;
    }

    /**
     * For whoever waits: draws when its turn has come.
     *
     * @throws RequestRefused with a sentence when the request cannot be carried out as it is
     * @throws TooManyRequests when others wait already
     */
    public SampleResponse of(SampleRequest request) {
        if (!places.tryAcquire()) {
            throw new TooManyRequests(MOST_AT_A_TIME);
        }
        try {
            return draw(ask(request), (done, total) -> {}, () -> false);
        } finally {
            places.release();
        }
    }

    /** A request that the guards let pass; of its LoRAs nothing is held yet, because it may wait for long. */
    public record Asked(AskedPictures pictures, Instant at) {

        public String prompt() {
            return Objects.requireNonNull(pictures.guarded().wish().prompt());
        }
    }

    /** @throws RequestRefused with a sentence when the request cannot be carried out as it is */
    public Asked ask(SampleRequest request) {
        Instant at = clock.instant();
        AskedPictures asked = readRequests.read(request);
        if (asked.guarded().isRefused()) {
            throw new GuardsRefused(asked.guarded().answers());
        }
        return new Asked(asked, at);
    }

    /**
     * Draws when the renderer has time for it.
     *
     * @throws RequestRefused when a LoRA was deleted or its run erased meanwhile
     * @throws java.util.concurrent.CancellationException when it was cancelled meanwhile
     */
    public SampleResponse draw(Asked asked, DrawingWatch watch, BooleanSupplier cancelled) {
        Prepared prepared = prepared(asked.pictures());
        RenderedPictures drawn = renderer.render(prepared.wish().within(longest).watchedBy(watch), cancelled);
        return answer(prepared, drawn, asked.at());
    }

    /** @param loras as they are applied */
    private record Prepared(RenderWish wish, List<FoundLora> loras, Guarded guarded) {}

    private Prepared prepared(AskedPictures asked) {
        Guarded guarded = asked.guarded();
        List<FoundLora> loras = readRequests.open(asked);
        String prompt = Objects.requireNonNull(guarded.wish().prompt());
        RenderWish wish = new RenderWish(
                asked.base(),
                loras.stream().map(FoundLora::applied).toList(),
                asked.seeds().stream()
                        .map(seed -> new PromptedSeed(prompt, seed))
                        .toList(),
                asked.negativePrompt(),
                Objects.requireNonNull(guarded.wish().size()),
                asked.steps(),
                asked.guidance(),
                asked.sampler());
        return new Prepared(
                guarded.wish().twoPasses() ? inTwoPasses(wish, asked.facts(), asked.refine()) : wish, loras, guarded);
    }

    /** First at a size that the LoRAs know, or else the base. */
    private RenderWish inTwoPasses(RenderWish wish, List<LoraFacts> facts, double refine) {
        int side = renderer.nativeSide(wish.baseModel());
        List<Size> known = facts.stream()
                .filter(lora -> !lora.trainedSizes().isEmpty())
                .findFirst()
                .map(LoraFacts::trainedSizes)
                .orElse(List.of(new Size(side, side)));
        Size first = TwoPasses.first(wish.size(), known);
        return first.equals(wish.size()) ? wish : wish.after(new FirstPass(first, refine));
    }

    private SampleResponse answer(Prepared prepared, RenderedPictures drawn, Instant askedAt) {
        RenderWish wish = prepared.wish();
        List<String> warnings = Stream.concat(prepared.guarded().sentences().stream(), drawn.warnings().stream())
                .distinct()
                .toList();
        double strength = prepared.loras().isEmpty()
                ? 0
                : prepared.loras().get(0).applied().strength();
        String base = renderer.identity(wish.baseModel());
        Map<Long, byte[]> pngs = new LinkedHashMap<>();
        for (int i = 0; i < wish.pictures().size(); i++) {
            PromptedSeed picture = wish.pictures().get(i);
            pngs.put(
                    picture.seed(),
                    Pixels.png(
                            drawn.pictures().get(i),
                            GenerationText.KEYWORD,
                            GenerationText.of(wish, picture, prepared.loras(), base)));
        }
        List<RunId> runs = prepared.loras().stream()
                .flatMap(lora -> lora.run().stream())
                .distinct()
                .toList();
        Map<Long, ObjectRef> kept = keepRequested.keep(runs, pngs);
        List<Sample> samples = wish.pictures().stream()
                .map(picture -> new Sample(
                        Objects.requireNonNull(kept.get(picture.seed())),
                        picture.prompt(),
                        picture.seed(),
                        strength,
                        wish.size(),
                        List.of()))
                .toList();
        return new SampleResponse(
                samples,
                warnings,
                prepared.guarded().answers(),
                Duration.between(askedAt, clock.instant()).toMillis() / 1000.0);
    }
}
