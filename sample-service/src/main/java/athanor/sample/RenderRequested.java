package athanor.sample;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.events.Sample;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.recipe.RecipeLimits;
import athanor.contracts.recipe.Seeds;
import athanor.contracts.rest.SampleRequest;
import athanor.contracts.rest.SampleResponse;
import athanor.contracts.run.RunId;
import athanor.guards.Guards;
import athanor.guards.LoraFacts;
import athanor.pictures.Pixels;
import athanor.sample.render.AppliedLora;
import athanor.sample.render.RenderWish;
import athanor.sample.render.RenderWish.PromptedSeed;
import athanor.sample.render.RenderedPictures;
import athanor.sample.render.Renderer;
import athanor.store.CheckpointFolder;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.store.Sha256;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Draws what somebody asks for by REST, outside the flow of a run, and says what the guards think of it. */
public final class RenderRequested {

    private static final int MOST_PICTURES = 16;
    private static final int MOST_STEPS = 150;
    private static final int MOST_LORAS = 8;
    /** Each may take its time, and what runs ask for stands in the same line. */
    private static final int MOST_AT_A_TIME = 4;

    private static final double MOST_GUIDANCE = 100;
    private static final int LONGEST_SIDE = 2048;
    /** A base repeats what it knows where a picture is much larger than those that it was made for. */
    private static final int TIMES_THE_NATIVE_SIDE = 4;

    /** What the sides must be a multiple of for every family: latents of whole pixels. */
    private static final int SIDE_STEP = 8;

    private final ObjectStore store;
    private final KeepRequested keepRequested;
    private final Renderer renderer;
    private final Duration longest;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Semaphore places = new Semaphore(MOST_AT_A_TIME);

    /**
     * @param erased whether somebody has wished a run gone
     * @param longest a request may take to draw
     */
    public RenderRequested(
            ObjectStore store, Renderer renderer, Predicate<RunId> erased, Duration longest, Clock clock) {
        this.store = store;
        this.keepRequested = new KeepRequested(store, erased);
        this.renderer = renderer;
        this.longest = longest;
        this.clock = clock;
    }

    /**
     * Waits its turn, then draws.
     *
     * @throws RequestRefused with a sentence when the request cannot be carried out as it is
     * @throws TooManyRequests when others wait already
     */
    public SampleResponse of(SampleRequest request) {
        if (!places.tryAcquire()) {
            throw new TooManyRequests(MOST_AT_A_TIME);
        }
        try {
            return draw(request);
        } finally {
            places.release();
        }
    }

    private SampleResponse draw(SampleRequest request) {
        Instant start = clock.instant();
        String base = named(request.baseModel(), "baseModel");
        Recipe defaults = Recipe.defaults(base, "person");
        String prompt = noLonger(named(request.prompt(), "prompt"), "prompt");
        String negative = request.negativePrompt() == null ? "" : noLonger(request.negativePrompt(), "negativePrompt");
        double guidance = guidance(request.guidance(), defaults.samples().guidance());
        int count = between(1, MOST_PICTURES, request.count(), 1, "count");
        List<AppliedLora> loras = loras(request.loras());
        List<LoraFacts> facts =
                loras.stream().map(lora -> LoraFacts.of(lora.file())).toList();
        Size size = size(request.size(), facts, () -> defaults.withAreaFor(renderer.nativeSide(base)));
        checkThatTheBaseKnows(size, base, facts);
        List<Long> seeds = Seeds.from(
                request.seed() == null ? defaults.samples().seed() : Seeds.decided(request.seed(), random), count);

        RenderedPictures drawn = renderer.render(
                new RenderWish(
                                base,
                                loras,
                                seeds.stream()
                                        .map(seed -> new PromptedSeed(prompt, seed))
                                        .toList(),
                                negative,
                                size,
                                between(
                                        1,
                                        MOST_STEPS,
                                        request.steps(),
                                        defaults.samples().steps(),
                                        "steps"),
                                guidance,
                                request.sampler() == null ? defaults.samples().sampler() : request.sampler())
                        .within(longest),
                () -> false);

        List<String> warnings = Stream.concat(Guards.check(prompt, size, facts).stream(), drawn.warnings().stream())
                .distinct()
                .toList();
        double strength = loras.isEmpty() ? 0 : loras.get(0).strength();
        Map<Long, byte[]> pngs = new HashMap<>();
        for (int i = 0; i < count; i++) {
            pngs.put(seeds.get(i), Pixels.png(drawn.pictures().get(i)));
        }
        Map<Long, ObjectRef> kept = keepRequested.keep(request, pngs);
        List<Sample> samples = seeds.stream()
                .map(seed ->
                        new Sample(Objects.requireNonNull(kept.get(seed)), prompt, seed, strength, size, List.of()))
                .toList();
        return new SampleResponse(
                samples, warnings, Duration.between(start, clock.instant()).toMillis() / 1000.0);
    }

    private List<AppliedLora> loras(@Nullable List<SampleRequest.WishedLora> wished) {
        if (wished == null) {
            return List.of();
        }
        if (wished.size() > MOST_LORAS) {
            throw new RequestRefused("loras names %d; wanted at most %d".formatted(wished.size(), MOST_LORAS));
        }
        return wished.stream().map(this::lora).toList();
    }

    private AppliedLora lora(SampleRequest.WishedLora wished) {
        double strength = wished.strength() == null ? 1 : wished.strength();
        if (!(Math.abs(strength) <= 10)) {
            throw new RequestRefused("strength is %s; wanted a number from -10 to 10".formatted(strength));
        }
        if (wished.object() != null) {
            return new AppliedLora(wished.object().sha256(), store.read(wished.object()), strength);
        }
        RunId run = runId(named(wished.runId(), "loras[].runId or loras[].object"));
        byte[] file = store.find(wished.step() == null ? published(run) : ofCheckpoint(run, wished.step()))
                .orElseThrow(() -> new RequestRefused("the LoRA of run %s was deleted".formatted(run)))
                .bytes();
        return new AppliedLora(Sha256.of(file), file, strength);
    }

    private String published(RunId run) {
        return store.list(ObjectKeys.loras(run)).stream()
                .findFirst()
                .orElseThrow(() -> new RequestRefused(
                        "run %s has no LoRA: it does not exist or has not finished; ./athanor runs (GET /runs of ingest-service) lists the runs, ./athanor checkpoints %s what it has made so far"
                                .formatted(run, run)));
    }

    private String ofCheckpoint(RunId run, int step) {
        List<CheckpointFolder> made = CheckpointFolder.complete(store, run);
        return made.stream()
                .filter(folder -> folder.step() == step)
                .findFirst()
                .map(CheckpointFolder::lora)
                .orElseThrow(() -> new RequestRefused("run %s has no checkpoint at step %d; it has %s"
                        .formatted(
                                run,
                                step,
                                made.isEmpty()
                                        ? "none"
                                        : made.stream()
                                                .map(folder -> Integer.toString(folder.step()))
                                                .collect(Collectors.joining(", ")))));
    }

    private static RunId runId(String text) {
        try {
            return new RunId(text);
        } catch (IllegalArgumentException e) {
            throw new RequestRefused(String.valueOf(e.getMessage()));
        }
    }

    private static Size size(@Nullable Size wanted, List<LoraFacts> facts, Supplier<Recipe> ofTheBase) {
        Size size = wanted != null
                ? wanted
                : facts.stream()
                        .flatMap(lora -> lora.trainedSizes().stream())
                        .findFirst()
                        .orElseGet(() -> ofTheBase.get().training().bucketArea());
        boolean fits =
                size.width() % SIDE_STEP == 0 && size.height() % SIDE_STEP == 0 && longestSide(size) <= LONGEST_SIDE;
        if (!fits) {
            throw new RequestRefused("size %s cannot be rendered; wanted two multiples of %d up to %d"
                    .formatted(size, SIDE_STEP, LONGEST_SIDE));
        }
        return size;
    }

    private void checkThatTheBaseKnows(Size size, String base, List<LoraFacts> facts) {
        int nativeSide = renderer.nativeSide(base);
        int trained = facts.stream()
                .flatMap(lora -> lora.trainedSizes().stream())
                .mapToInt(RenderRequested::longestSide)
                .max()
                .orElse(0);
        int most = Math.max(TIMES_THE_NATIVE_SIDE * nativeSide, trained);
        if (longestSide(size) > most) {
            throw new RequestRefused(
                    "size %s is more than %s can draw: it was made for %dx%d, wanted at most %d pixels a side"
                            .formatted(size, base, nativeSide, nativeSide, most));
        }
    }

    private static int longestSide(Size size) {
        return Math.max(size.width(), size.height());
    }

    private static String named(@Nullable String text, String field) {
        if (text == null || text.isBlank()) {
            throw new RequestRefused("%s is missing; give it".formatted(field));
        }
        return text;
    }

    private static String noLonger(String text, String field) {
        if (text.length() > RecipeLimits.PROMPT) {
            throw new RequestRefused(
                    "%s has %d characters; wanted at most %d".formatted(field, text.length(), RecipeLimits.PROMPT));
        }
        return text;
    }

    private static double guidance(@Nullable Double wanted, double otherwise) {
        double guidance = wanted == null ? otherwise : wanted;
        if (!(guidance >= 0 && guidance <= MOST_GUIDANCE)) {
            throw new RequestRefused("guidance is %s; wanted 0 to %.0f".formatted(guidance, MOST_GUIDANCE));
        }
        return guidance;
    }

    private static int between(int least, int most, @Nullable Integer value, int otherwise, String field) {
        int number = value == null ? otherwise : value;
        if (number < least || number > most) {
            throw new RequestRefused("%s is %d; wanted %d to %d".formatted(field, number, least, most));
        }
        return number;
    }
}
