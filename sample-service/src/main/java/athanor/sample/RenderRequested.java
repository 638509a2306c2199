package athanor.sample;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.events.Sample;
import athanor.contracts.guard.GuardMode;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.recipe.Seeds;
import athanor.contracts.rest.SampleRequest;
import athanor.contracts.rest.SampleResponse;
import athanor.contracts.run.RunId;
import athanor.guards.BaseKind;
import athanor.guards.Guarded;
import athanor.guards.Guards;
import athanor.guards.LoraFacts;
import athanor.guards.TwoPasses;
import athanor.guards.Wish;
import athanor.pictures.Pixels;
import athanor.sample.render.DrawingWatch;
import athanor.sample.render.FirstPass;
import athanor.sample.render.RenderWish;
import athanor.sample.render.RenderWish.PromptedSeed;
import athanor.sample.render.RenderedPictures;
import athanor.sample.render.Renderer;
import athanor.sample.request.FindLoras;
import athanor.sample.request.FoundLora;
import athanor.sample.request.GenerationText;
import athanor.sample.request.LoraTags;
import athanor.sample.request.RequestLimits;
import athanor.sample.request.RequestRefused;
import athanor.store.ObjectStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

    /** With more an enlarged picture is composed anew, with less it stays soft. */
    private static final double REFINE = 0.35;

    private final KeepRequested keepRequested;
    private final FindLoras findLoras;
    private final Renderer renderer;
    private final GuardMode guards;
    private final Duration longest;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Semaphore places = new Semaphore(MOST_AT_A_TIME);

    /**
     * @param erased whether somebody has wished a run gone
     * @param guards what they do where a request does not say it
     * @param longest a request may take to draw
     */
    public RenderRequested(
            ObjectStore store,
            Renderer renderer,
            Predicate<RunId> erased,
            GuardMode guards,
            Duration longest,
            Clock clock) {
        this.keepRequested = new KeepRequested(store, erased);
        this.findLoras = new FindLoras(store);
        this.renderer = renderer;
        this.guards = guards;
        this.longest = longest;
        this.clock = clock;
    }

    /** One that nobody watches. */
    public SampleResponse of(SampleRequest request) {
        return of(request, (done, total) -> {}, () -> false);
    }

    /**
     * Waits its turn, then draws.
     *
     * @throws RequestRefused with a sentence when the request cannot be carried out as it is
     * @throws TooManyRequests when others wait already
     * @throws java.util.concurrent.CancellationException when it was cancelled meanwhile
     */
    public SampleResponse of(SampleRequest request, DrawingWatch watch, BooleanSupplier cancelled) {
        if (!places.tryAcquire()) {
            throw new TooManyRequests(MOST_AT_A_TIME);
        }
        try {
            Instant start = clock.instant();
            Prepared prepared = prepared(request);
            RenderedPictures drawn =
                    renderer.render(prepared.wish().within(longest).watchedBy(watch), cancelled);
            return answer(prepared, drawn, start);
        } finally {
            places.release();
        }
    }

    /**
     * A request that was read, bounded and guarded.
     *
     * @param loras as they are applied
     */
    private record Prepared(RenderWish wish, List<FoundLora> loras, Guarded guarded) {}

    private Prepared prepared(SampleRequest request) {
        String base = RequestLimits.named(request.baseModel(), "baseModel");
        Recipe.Samples defaults = Recipe.defaults(base, "person").samples();
        LoraTags typed = LoraTags.of(RequestLimits.prompt(RequestLimits.named(request.prompt(), "prompt"), "prompt"));
        String negative = request.negativePrompt() == null
                ? ""
                : RequestLimits.prompt(request.negativePrompt(), "negativePrompt");
        double guidance = RequestLimits.guidance(request.guidance(), defaults.guidance());
        int count = RequestLimits.count(request.count());
        double refine = RequestLimits.refine(request.refine(), REFINE);
        List<FoundLora> found = findLoras.of(request.loras(), typed.tags());
        List<LoraFacts> facts = found.stream().map(FoundLora::facts).toList();
        Size size = size(request, base, facts);
        List<Long> seeds =
                Seeds.from(request.seed() == null ? defaults.seed() : Seeds.decided(request.seed(), random), count);
        boolean twoPasses = Boolean.TRUE.equals(request.twoPasses());
        int steps = RequestLimits.steps(request.steps(), defaults.steps());

        Guarded guarded = Guards.check(
                request.guards() == null ? guards : request.guards(),
                new Wish(
                        typed.prompt(),
                        size,
                        twoPasses,
                        BaseKind.valueOf(renderer.family(base).name()),
                        found.stream()
                                .map(lora -> new Wish.Used(
                                        lora.facts(), lora.applied().strength()))
                                .toList()));
        if (guarded.isRefused()) {
            throw new GuardsRefused(guarded.answers());
        }
        List<FoundLora> loras = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            loras.add(found.get(i)
                    .at(Objects.requireNonNull(guarded.wish().loras().get(i).strength())));
        }
        String prompt = String.valueOf(guarded.wish().prompt());
        RenderWish wish = new RenderWish(
                base,
                loras.stream().map(FoundLora::applied).toList(),
                seeds.stream().map(seed -> new PromptedSeed(prompt, seed)).toList(),
                negative,
                size,
                steps,
                guidance,
                request.sampler() == null ? defaults.sampler() : request.sampler());
        return new Prepared(guarded.wish().twoPasses() ? inTwoPasses(wish, facts, refine) : wish, loras, guarded);
    }

    private Size size(SampleRequest request, String base, List<LoraFacts> facts) {
        int nativeSide = renderer.nativeSide(base);
        Size wanted = request.size();
        Size size = RequestLimits.fitting(
                wanted != null
                        ? wanted
                        : facts.stream()
                                .flatMap(lora -> lora.trainedSizes().stream())
                                .findFirst()
                                .orElseGet(() -> Recipe.defaults(base, "person")
                                        .withAreaFor(nativeSide)
                                        .training()
                                        .bucketArea()));
        RequestLimits.checkThatTheBaseKnows(size, base, nativeSide, facts);
        return size;
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

    private SampleResponse answer(Prepared prepared, RenderedPictures drawn, Instant start) {
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
                Duration.between(start, clock.instant()).toMillis() / 1000.0);
    }
}
