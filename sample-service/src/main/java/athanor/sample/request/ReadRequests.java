package athanor.sample.request;

import athanor.contracts.Size;
import athanor.contracts.guard.GuardMode;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.recipe.Seeds;
import athanor.contracts.rest.SampleCheck;
import athanor.contracts.rest.SampleRequest;
import athanor.contracts.run.RunId;
import athanor.guards.BaseKind;
import athanor.guards.Guarded;
import athanor.guards.Guards;
import athanor.guards.LoraFacts;
import athanor.guards.Wish;
import athanor.sample.render.Renderer;
import athanor.store.ObjectStore;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** Reads what somebody asks for, bounds it and asks the guards, before anything is drawn. */
public final class ReadRequests {

    /** With more an enlarged picture is composed anew, with less it stays soft. */
    private static final double REFINE = 0.35;

    private final FindLoras findLoras;
    private final ReadLoras readLoras;
    private final Renderer renderer;
    private final GuardMode guards;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param sees whether whoever asks may use what a run has made
     * @param guards what they do where a request does not say it
     */
    public ReadRequests(ObjectStore store, Renderer renderer, Predicate<RunId> sees, GuardMode guards) {
        this.findLoras = new FindLoras(store, sees);
        this.readLoras = new ReadLoras(store);
        this.renderer = renderer;
        this.guards = guards;
    }

    /** @throws RequestRefused with a sentence when the request cannot be carried out as it is */
    public AskedPictures read(SampleRequest request) {
        String base = RequestLimits.named(request.baseModel(), "baseModel");
        Recipe.Samples defaults = Recipe.defaults(base, "person").samples();
        LoraTags typed = LoraTags.of(RequestLimits.prompt(RequestLimits.named(request.prompt(), "prompt"), "prompt"));
        String negative = request.negativePrompt() == null
                ? ""
                : RequestLimits.prompt(request.negativePrompt(), "negativePrompt");
        double guidance = RequestLimits.guidance(request.guidance(), defaults.guidance());
        int count = RequestLimits.count(request.count());
        double refine = RequestLimits.refine(request.refine(), REFINE);
        List<NamedLora> loras = findLoras.of(request.loras(), typed.tags());
        List<LoraFacts> facts = loras.stream().map(readLoras::facts).toList();
        Size size = size(request, base, facts);
        List<Long> seeds =
                Seeds.from(request.seed() == null ? defaults.seed() : Seeds.decided(request.seed(), random), count);
        int steps = RequestLimits.steps(request.steps(), defaults.steps());
        List<Wish.Used> used = new ArrayList<>();
        for (int i = 0; i < loras.size(); i++) {
            used.add(new Wish.Used(facts.get(i), loras.get(i).strength()));
        }
        Guarded guarded = Guards.check(
                request.guards() == null ? guards : request.guards(),
                new Wish(
                        typed.prompt(),
                        size,
                        Boolean.TRUE.equals(request.twoPasses()),
                        BaseKind.valueOf(renderer.family(base).name()),
                        used));
        return new AskedPictures(
                base,
                loras,
                facts,
                guarded,
                seeds,
                negative,
                steps,
                guidance,
                request.sampler() == null ? defaults.sampler() : request.sampler(),
                refine);
    }

    /**
     * What the guards say of a request that nobody waits for a picture of.
     *
     * @throws RequestRefused with a sentence when the request cannot be carried out as it is
     */
    public SampleCheck check(SampleRequest request) {
        Guarded guarded = read(request).guarded();
        Wish wish = guarded.wish();
        return new SampleCheck(
                !guarded.isRefused(),
                Objects.requireNonNull(wish.prompt()),
                Objects.requireNonNull(wish.size()),
                wish.twoPasses(),
                guarded.answers());
    }

    /**
     * The files of the LoRAs, at the strengths that the guards left.
     *
     * @throws RequestRefused where one was deleted meanwhile
     */
    public List<FoundLora> open(AskedPictures asked) {
        List<FoundLora> found = new ArrayList<>();
        for (int i = 0; i < asked.loras().size(); i++) {
            found.add(readLoras.open(asked.loras().get(i), asked.facts().get(i), asked.strength(i)));
        }
        return found;
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
}
