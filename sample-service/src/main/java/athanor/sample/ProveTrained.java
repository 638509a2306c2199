package athanor.sample;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.events.DrawingProgressed;
import athanor.contracts.events.LoraTrained;
import athanor.contracts.events.ProofRendered;
import athanor.contracts.json.Json;
import athanor.contracts.proof.Recommendation;
import athanor.contracts.recipe.ProofEffort;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.RunId;
import athanor.people.People;
import athanor.pictures.Pixels;
import athanor.pictures.reader.PictureReader;
import athanor.proof.Findings;
import athanor.proof.Proof;
import athanor.proof.ProofPlan;
import athanor.proof.ProveLora;
import athanor.proof.Studio;
import athanor.proof.Trial;
import athanor.sample.proof.Checkpoints;
import athanor.sample.proof.Effort;
import athanor.sample.proof.PeopleSights;
import athanor.sample.proof.ProofFacts;
import athanor.sample.proof.ProofPage;
import athanor.sample.proof.ProofSheet;
import athanor.sample.proof.ProvedLora;
import athanor.sample.proof.RenderedStudio;
import athanor.sample.render.RenderWish;
import athanor.sample.render.Renderer;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.store.StoreException;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Measures what a finished LoRA can do, at its checkpoints and at several strengths, and recommends how to use it. The result is
 * stored before it is announced; a second delivery finds it there and draws nothing.
 *
 * <p>The LoRA is there already, so a proof that cannot be made costs nothing but itself: not even where it ends the process is it
 * begun a third time.
 */
public final class ProveTrained {

    private static final String PAGE = "proof.md";
    private static final String CHART = "proof.png";
    private static final String BEGUN = "begun.json";

    /** So many processes may end at it. */
    private static final int MOST_ATTEMPTS = 2;

    private static final Logger LOG = Logger.getLogger(ProveTrained.class);

    private final ObjectStore store;
    private final Renderer renderer;
    private final PeopleSights sights;
    private final InstancePictures instances;
    private final Predicate<RunId> cancelled;
    private final Consumer<DrawingProgressed> news;
    private final Clock clock;

    /**
     * @param people who can be told in photographs; stay open
     * @param cancelled asked while pictures are drawn; they end with a {@link java.util.concurrent.CancellationException}
     * @param news told how far the pictures are, on the thread that draws
     */
    public ProveTrained(
            ObjectStore store,
            PictureReader reader,
            Renderer renderer,
            People people,
            Predicate<RunId> cancelled,
            Consumer<DrawingProgressed> news,
            Clock clock) {
        this.store = store;
        this.renderer = renderer;
        this.sights = new PeopleSights(people);
        this.instances = new InstancePictures(store, reader);
        this.cancelled = cancelled;
        this.news = news;
        this.clock = clock;
    }

    /** Keeps what shall be measured until {@link #wanted} asks for it. */
    public void want(LoraTrained trained) {
        store.put(wantedKey(trained.runId()), Json.bytes(trained), "application/json");
    }

    /** Empty for a run whose test pictures are not there yet, or that was erased. */
    public Optional<LoraTrained> wanted(RunId run) {
        return store.find(wantedKey(run)).map(found -> Json.read(found.bytes(), LoraTrained.class));
    }

    private static String wantedKey(RunId run) {
        return ObjectKeys.proof(run, ObjectKeys.PROOF_WANTED);
    }

    /** How often it was begun and not ended in any way. */
    record Begun(int attempts) {}

    /** @return empty where the recipe does not want a proof, the training was too short for one, or there is nothing to compare */
    public Optional<ProofRendered> of(LoraTrained trained) {
        String result = ObjectKeys.proof(trained.runId(), ObjectKeys.PROOF_RESULT);
        Optional<ProofRendered> before = store.find(result).map(found -> Json.read(found.bytes(), ProofRendered.class));
        if (before.isPresent() || trained.recipe().proofEffort() == ProofEffort.OFF) {
            return before;
        }
        String begun = ObjectKeys.proof(trained.runId(), BEGUN);
        int attempts = store.find(begun)
                .map(found -> Json.read(found.bytes(), Begun.class).attempts())
                .orElse(0);
        if (attempts >= MOST_ATTEMPTS) {
            LOG.warnf("%d processes ended while they measured this LoRA; it is not measured", attempts);
            return Optional.empty();
        }
        store.put(begun, Json.bytes(new Begun(attempts + 1)), "application/json");
        try {
            Optional<ProofRendered> proved = prove(trained);
            proved.ifPresent(proof -> store.put(result, Json.bytes(proof), "application/json"));
            return proved;
        } finally {
            ended(begun);
        }
    }

    /** Also when it failed, or when the service stops, which interrupts it: then it did not end the process. */
    private void ended(String begun) {
        boolean interrupted = Thread.interrupted();
        try {
            store.delete(begun);
        } catch (StoreException e) {
            LOG.debugf("the mark of a proof stays: %s", e.getMessage());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Optional<ProofRendered> prove(LoraTrained trained) {
        Instant start = clock.instant();
        Recipe recipe = trained.recipe();
        Effort effort = Effort.of(trained);
        List<BufferedImage> shown = instances.of(trained.runId(), effort.instances()).stream()
                .filter(ProveTrained::canBeLookedAt)
                .toList();
        if (shown.size() < ProveLora.LEAST_INSTANCES) {
            LOG.infof(
                    "%d instance pictures are too few to measure the LoRA by, wanted at least %d",
                    shown.size(), ProveLora.LEAST_INSTANCES);
            return Optional.empty();
        }
        Checkpoints checkpoints = new Checkpoints(store, trained);
        Optional<ProofPlan> plan = effort.plan(checkpoints.steps());
        if (plan.isEmpty()) {
            LOG.info(
                    "The training was too short for a proof that costs a fifth of it at most; proof=full measures all the same");
            return Optional.empty();
        }
        RenderWish wish = new RenderWish(
                recipe.baseModel(),
                List.of(),
                List.of(),
                recipe.samples().negativePrompt() == null
                        ? ""
                        : recipe.samples().negativePrompt(),
                size(trained),
                effort.steps(),
                recipe.samples().guidance(),
                recipe.samples().sampler());
        DrawingCount count = new DrawingCount(
                trained.runId(),
                DrawingProgressed.Kind.PROOF_PICTURES,
                plan.get().pictures(),
                news,
                clock);
        Studio studio = new RenderedStudio(
                renderer,
                wish,
                recipe.subject().classPrompt(),
                checkpoints::of,
                sights,
                count::next,
                () -> cancelled.test(trained.runId()));
        Proof proof = ProveLora.prove(plan.get(), shown, studio);
        return Optional.of(kept(trained, proof, checkpoints, wish, start));
    }

    private ProofRendered kept(
            LoraTrained trained, Proof proof, Checkpoints checkpoints, RenderWish wish, Instant start) {
        ObjectRef chart = store.put(
                ObjectKeys.proof(trained.runId(), CHART),
                Pixels.png(ProofSheet.paint(proof, trained.name())),
                "image/png");
        String drawing = "%s, sampler %s with %d steps".formatted(wish.size(), wish.sampler(), wish.steps());
        ObjectRef page = store.put(
                ObjectKeys.proof(trained.runId(), PAGE),
                ProofPage.markdown(proof, trained.name(), CHART, drawing).getBytes(StandardCharsets.UTF_8),
                "text/markdown; charset=UTF-8");
        Trial best = proof.recommended().trial();
        store.put(
                ObjectKeys.proof(trained.runId(), ObjectKeys.PROVED_LORA),
                ProvedLora.with(proof, checkpoints.of(best).file()),
                "application/octet-stream");
        Instant end = clock.instant();
        return new ProofRendered(
                trained.runId(),
                trained.name(),
                trained.recipe().proofEffort(),
                new Recommendation(
                        best.step(), best.strength(), checkpoints.object(best.step()), Findings.recommendation(proof)),
                Findings.of(proof),
                ProofFacts.measures(proof),
                ProofFacts.trials(proof),
                ProofFacts.envelope(proof),
                page,
                chart,
                proof.plan().pictures(),
                Duration.between(start, end).toMillis() / 1000.0,
                end);
    }

    private static Size size(LoraTrained trained) {
        return trained.trainedSizes().isEmpty()
                ? trained.recipe().training().bucketArea()
                : trained.trainedSizes().get(0);
    }

    /** As every prepared picture can be; who may write to the store may have put another one there. */
    private static boolean canBeLookedAt(BufferedImage picture) {
        return picture.getWidth() % 8 == 0 && picture.getHeight() % 8 == 0;
    }
}
