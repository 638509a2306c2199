package athanor.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.ClassPicture;
import athanor.contracts.events.CheckpointSaved;
import athanor.contracts.events.ClassPicturesRendered;
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
import athanor.contracts.rest.SampleCheck;
import athanor.contracts.rest.SampleRequest;
import athanor.contracts.rest.SampleResponse;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.RunId;
import athanor.diffusion.lora.LoraFile;
import athanor.diffusion.model.BaseModels;
import athanor.diffusion.model.ModelFamily;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.safetensors.Dtype;
import athanor.people.People;
import athanor.pictures.PictureLimits;
import athanor.pictures.reader.PictureReader;
import athanor.proof.Asked;
import athanor.proof.Studio;
import athanor.sample.proof.PeopleSights;
import athanor.sample.proof.RenderedStudio;
import athanor.sample.render.CannotRenderException;
import athanor.sample.render.DiffusionRenderer;
import athanor.sample.render.LoadedBases;
import athanor.sample.render.RenderWish;
import athanor.sample.render.RenderedPictures;
import athanor.sample.render.Renderer;
import athanor.sample.request.ReadRequests;
import athanor.sample.request.RequestRefused;
import athanor.store.MinioObjectStore;
import athanor.store.ObjectKeys;
import athanor.teststack.S3Address;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The use cases with a real store and real networks of random weights. */
class RenderingTest {

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final PictureReader READER = new PictureReader(PictureLimits.standard(), 1);

    private static S3Address.Running server;
    private static MinioObjectStore store;
    private static DiffusionRenderer drawing;

    private final Set<RunId> cancelled = new HashSet<>();
    private final List<RunId> moved = new ArrayList<>();
    private final List<DrawingProgressed> news = new ArrayList<>();
    private final CountingRenderer renderer = new CountingRenderer();
    private final SampleFacts facts = new SampleFacts(store, RunId.fresh("samples", new Random()), RandomBase.NAME);
    private final RenderClassPictures renderClassPictures =
            new RenderClassPictures(store, renderer, cancelled::contains, moved::add, news::add, Clock.systemUTC());
    private final RenderSamples renderSamples =
            new RenderSamples(store, READER, renderer, cancelled::contains, news::add, Clock.systemUTC());
    private final ProveTrained proveTrained =
            new ProveTrained(store, READER, renderer, People.none(), cancelled::contains, news::add, Clock.systemUTC());

    @BeforeAll
    static void start() {
        server = S3Address.start();
        store = new MinioObjectStore(
                server.address().endpoint(),
                server.address().accessKey(),
                server.address().secretKey(),
                "athanor-test",
                "us-east-1");
        store.createBucketIfMissing();
        drawing = new DiffusionRenderer(
                new LoadedBases(BaseModels.of(RandomBase.FOLDER.toString()), () -> ComputeOptions.CPU, () -> 1L << 30),
                4096,
                Duration.ofMinutes(1));
    }

    @AfterAll
    static void stop() {
        READER.close();
        drawing.close();
        store.close();
        server.close();
    }

    @Test
    void classPicturesHaveTheirSizesAndCountUpTheirSeeds() throws Exception {
        ClassPicturesRendered rendered = renderClassPictures.of(facts.classPictures(3));

        assertThat(rendered.pictures()).extracting(ClassPicture::seed).containsExactly(42L, 43L, 44L, 45L);
        assertThat(moved)
                .as("each batch that is in the store is progress, whoever dies after it")
                .containsOnly(facts.run())
                .hasSizeGreaterThan(1);
        assertThat(news).extracting(DrawingProgressed::kind).containsOnly(DrawingProgressed.Kind.CLASS_PICTURES);
        assertThat(news).extracting(DrawingProgressed::done).isSorted().last().isEqualTo(4);
        assertThat(news).last().returns(0.0, DrawingProgressed::etaSeconds);
        assertThat(news.get(0)).as("after the first step of the first picture").satisfies(first -> {
            assertThat(first.done()).isLessThan(3);
            assertThat(first.total()).isEqualTo(4);
            assertThat(first.etaSeconds()).isPositive();
        });
        for (ClassPicture picture : rendered.pictures()) {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(store.read(picture.picture())));
            assertThat(new Size(image.getWidth(), image.getHeight())).isEqualTo(picture.size());
        }
    }

    @Test
    void anotherRunTakesTheClassPicturesThatAreThere() {
        ClassPicturesRendered first = renderClassPictures.of(facts.classPictures(2));
        int drawn = renderer.pictures;

        SampleFacts another = new SampleFacts(store, RunId.fresh("another", new Random()), RandomBase.NAME);
        ClassPicturesRendered second = renderClassPictures.of(another.classPictures(2));

        assertThat(renderer.pictures).isEqualTo(drawn);
        assertThat(second.pictures()).isEqualTo(first.pictures());
    }

    @Test
    void aFinishedLoraIsShownWithoutAndWithItself() throws Exception {
        facts.prepared();
        LoraTrained trained = facts.trained();

        SamplesRendered rendered = renderSamples.of(trained);

        assertThat(rendered.last()).isTrue();
        assertThat(rendered.samples()).hasSize(3 * 2 * 2);
        assertThat(news).extracting(DrawingProgressed::done).isSorted().last().isEqualTo(3 * 2 * 2);
        assertThat(rendered.samples()).extracting(Sample::seed).containsOnly(1000L, 1001L);
        Sample without = rendered.samples().get(0);
        Sample with = rendered.samples().get(1);
        assertThat(without.strength()).isZero();
        assertThat(with.strength()).isEqualTo(1);
        assertThat(with.prompt()).isEqualTo(without.prompt()).isEqualTo("a photo of a sks woman");
        assertThat(store.read(with.picture())).isNotEqualTo(store.read(without.picture()));
        assertThat(rendered.verdicts())
                .anyMatch(verdict -> verdict.startsWith("Measured: \"a photo of a sks woman\" moved"));
        assertThat(rendered.samples().get(5).warnings())
                .as("guard of the prompt with full body")
                .singleElement()
                .asString()
                .contains("full body");
        byte[] sheet = store.read(rendered.contactSheet());
        assertThat(ImageIO.read(new ByteArrayInputStream(sheet)).getHeight()).isGreaterThan(1000);
        Files.createDirectories(Path.of("target", "contact-sheets"));
        Files.write(Path.of("target", "contact-sheets", "random-base.png"), sheet);
    }

    @Test
    void aFinishedLoraIsMeasuredAtItsCheckpointsAndAtSeveralStrengths() throws Exception {
        facts.prepared(6);
        ObjectRef checkpoint = facts.checkpoint(200);
        LoraTrained trained = facts.trainedLong();
        SamplesRendered rendered = renderSamples.of(trained);
        int before = renderer.pictures;

        ProofRendered proof = proveTrained.of(trained).orElseThrow();

        assertThat(proof.trials())
                .extracting(tried -> tried.step() + " at " + tried.strength())
                .startsWith("200 at 1.0", "400 at 1.0")
                .hasSizeGreaterThan(2);
        assertThat(proof.trials()).allSatisfy(tried -> {
            assertThat(tried.identity().low())
                    .isLessThanOrEqualTo(tried.identity().value());
            assertThat(tried.identity().high())
                    .isGreaterThanOrEqualTo(tried.identity().value());
            assertThat(tried.leak().pictures()).isPositive();
        });
        assertThat(proof.measures().instances()).isEqualTo(6);
        assertThat(proof.measures().separation()).as("green from noise").isGreaterThan(0.9);
        assertThat(proof.recommended().lora()).isIn(checkpoint, trained.lora());
        assertThat(new String(store.read(proof.page()), StandardCharsets.UTF_8))
                .startsWith("# What anna can do")
                .contains(proof.recommended().sentence(), "![every trial](proof.png)");
        LoraFile card = LoraFile.read(
                "card",
                store.find(ObjectKeys.proof(facts.run(), "lora.safetensors"))
                        .orElseThrow()
                        .bytes());
        LoraFile recommended =
                LoraFile.read("lora", store.read(proof.recommended().lora()));
        assertThat(card.metadata().get("athanor.proof"))
                .contains(proof.recommended().sentence().replace("\"", "\\\""), "\"strengths\":[");
        assertThat(card.metadata())
                .doesNotContainKey("athanor.envelope")
                .containsEntry(
                        "sshs_model_hash",
                        LoraFile.read("again", recommended.toBytes(Dtype.F16))
                                .metadata()
                                .get("sshs_model_hash"));
        byte[] chart = store.read(proof.chart());
        assertThat(ImageIO.read(new ByteArrayInputStream(chart)).getHeight()).isGreaterThan(900);
        Files.createDirectories(Path.of("target", "contact-sheets"));
        Files.write(Path.of("target", "contact-sheets", "random-proof.png"), chart);
        Files.write(Path.of("target", "contact-sheets", "random-proof.md"), store.read(proof.page()));

        int drawn = renderer.pictures;
        assertThat(drawn - before).isEqualTo(proof.pictures());
        assertThat(news).last().satisfies(last -> {
            assertThat(last.kind()).isEqualTo(DrawingProgressed.Kind.PROOF_PICTURES);
            assertThat(last.done()).isEqualTo(last.total()).isEqualTo(proof.pictures());
        });
        assertThat(proveTrained.of(trained)).as("a second delivery").contains(proof);
        assertThat(renderer.pictures).isEqualTo(drawn);

        ObjectRef sheet = renderSamples.sheetWith(trained, rendered, proof);
        assertThat(height(sheet))
                .as("with what was measured among its sentences")
                .isGreaterThan(height(rendered.contactSheet()));
        Files.write(Path.of("target", "contact-sheets", "random-base-with-proof.png"), store.read(sheet));
    }

    @Test
    void aProofDrawsLargerPicturesToo() {
        RenderWish wish = new RenderWish(
                RandomBase.NAME,
                List.of(),
                List.of(),
                "",
                new Size(32, 48),
                1,
                1,
                facts.recipe().samples().sampler());
        Studio studio = new RenderedStudio(
                renderer,
                wish,
                "a photo of a woman",
                trial -> {
                    throw new IllegalStateException("no LoRA is tried");
                },
                new PeopleSights(People.none()),
                count -> (done, steps) -> {},
                () -> false);

        List<BufferedImage> drawn = studio.draw(null, List.of(new Asked("a photo of a woman", 1)), 1.25);

        assertThat(drawn).hasSize(1);
        assertThat(drawn.get(0).getWidth()).isEqualTo(40);
        assertThat(drawn.get(0).getHeight()).isEqualTo(64);
        assertThat(studio.see(drawn)).as("nobody looks").containsExactly(Optional.empty());
    }

    private static int height(ObjectRef picture) {
        try {
            return ImageIO.read(new ByteArrayInputStream(store.read(picture))).getHeight();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void nothingIsMeasuredWhereThatIsNotWantedOrNotWorthIt() {
        facts.prepared(6);
        Recipe recipe = facts.recipe().with("training.steps", "400");

        assertThat(proveTrained.of(facts.trained(recipe.with("proof", "off")))).isEmpty();
        assertThat(proveTrained.of(facts.trained()))
                .as("it may cost a fifth of the training")
                .isEmpty();
        facts.prepared(2);
        assertThat(proveTrained.of(facts.trainedLong()))
                .as("of two pictures none can be held out")
                .isEmpty();
        assertThat(renderer.pictures).isZero();
    }

    @Test
    void aProofThatEndedTwoProcessesIsNotBegunAgain() {
        facts.prepared(6);
        store.put(
                ObjectKeys.proof(facts.run(), "begun.json"),
                "{\"attempts\": 2}".getBytes(StandardCharsets.UTF_8),
                "application/json");

        assertThat(proveTrained.of(facts.trainedLong())).isEmpty();
        assertThat(renderer.pictures).isZero();
    }

    @Test
    void aProofThatIsCancelledLeavesNothingBehind() {
        facts.prepared(6);
        cancelled.add(facts.run());

        assertThatThrownBy(() -> proveTrained.of(facts.trainedLong())).isInstanceOf(CancellationException.class);

        assertThat(store.stat(ObjectKeys.proof(facts.run(), "begun.json"))).isEmpty();
        assertThat(store.stat(ObjectKeys.proof(facts.run(), ObjectKeys.PROOF_RESULT)))
                .isEmpty();
    }

    @Test
    void aReferencePictureMadeOnPurposeIsNotShown() {
        InstancePictures pictures = new InstancePictures(store, READER);
        facts.prepared();
        assertThat(pictures.of(facts.run(), 4)).hasSize(1);

        // a directory of a TIFF that is its own next one, and holds a picture of no size
        facts.prepared(HexFormat.of().parseHex("49492a0008000000" + "0100" + "000104000100000000000000" + "08000000"));

        assertThat(pictures.of(facts.run(), 4)).isEmpty();
    }

    @Test
    void aSecondDeliveryDrawsNothing() {
        LoraTrained trained = facts.trained();
        SamplesRendered first = renderSamples.of(trained);
        int drawn = renderer.pictures;

        assertThat(renderSamples.of(trained)).isEqualTo(first);
        assertThat(renderer.pictures).isEqualTo(drawn);
    }

    @Test
    void aCancelledRunIsNotDrawn() {
        cancelled.add(facts.run());
        LoraTrained trained = facts.trained();

        assertThatThrownBy(() -> renderSamples.of(trained)).isInstanceOf(CancellationException.class);
        assertThat(renderSamples.hasRendered(trained)).isFalse();
    }

    @Test
    void aGlanceAtACheckpointIsCheap() {
        LoraTrained trained = facts.trained();
        CheckpointSaved checkpoint =
                new CheckpointSaved(facts.run(), 1, 5, 10, trained.lora(), facts.recipe(), Instant.now());

        SamplesRendered rendered = renderSamples.of(checkpoint, 1);

        assertThat(rendered.last()).isFalse();
        assertThat(rendered.samples()).hasSize(2);
    }

    @Test
    void anUnknownBaseIsNamedWithThoseThatAreThere() {
        SampleFacts unknown = new SampleFacts(store, facts.run(), "no-such-base");

        assertThatThrownBy(() -> renderClassPictures.of(unknown.classPictures(1)))
                .isInstanceOfSatisfying(CannotRenderException.class, e -> {
                    assertThat(e.reason()).isEqualTo(FailureReason.UNKNOWN_BASE_MODEL);
                    assertThat(e.evidence()).contains("no-such-base").contains("sd1");
                });
    }

    @Test
    void aFileThatIsNoLoraIsSaidToBeNone() {
        LoraTrained trained = facts.trained();
        LoraTrained broken = new LoraTrained(
                trained.runId(),
                trained.name(),
                1,
                10,
                store.put("runs/%s/loras/broken.safetensors".formatted(facts.run()), new byte[100], "text/plain"),
                trained.trainedSizes(),
                0,
                0,
                1,
                trained.recipe(),
                Instant.now());

        assertThatThrownBy(() -> renderSamples.of(broken)).isInstanceOf(CannotRenderException.class);
    }

    private RenderRequested requested(Renderer drawing, Predicate<RunId> erased, Duration longest) {
        return new RenderRequested(
                store,
                new ReadRequests(store, drawing, run -> true, GuardMode.WARN),
                drawing,
                erased,
                longest,
                Clock.systemUTC());
    }

    @Test
    void aRequestIsGuarded() {
        LoraTrained trained = facts.trained();
        RenderRequested renderRequested = requested(renderer, run -> false, LONGEST);
        SampleRequest.WishedLora lora = new SampleRequest.WishedLora(facts.run().value(), null, 0.5, null);

        SampleResponse response = renderRequested.of(new SampleRequest(
                RandomBase.NAME, List.of(lora), "full body", null, 7L, 1, 1, null, null, new Size(64, 64)));

        assertThat(response.guards()).extracting(GuardAnswer::rule).containsExactly(GuardRule.SIZE, GuardRule.FRAMING);
        assertThat(response.warnings()).hasSize(2);
        assertThat(response.warnings().get(0)).startsWith("size 64x64: it is 2.0 times the edge of 32x32");
        assertThat(response.samples()).singleElement().satisfies(sample -> {
            assertThat(sample.seed()).isEqualTo(7);
            assertThat(sample.strength()).isEqualTo(0.5);
        });
        assertThat(trained.lora().bytes()).isPositive();
    }

    @Test
    void aRequestIsCheckedBeforeAnythingIsDrawn() {
        facts.trained();
        ReadRequests requests = new ReadRequests(store, renderer, run -> true, GuardMode.WARN);
        SampleRequest.WishedLora lora = new SampleRequest.WishedLora(facts.run().value(), null, 0.5, null);

        SampleCheck warned = requests.check(new SampleRequest(
                RandomBase.NAME, List.of(lora), "full body", null, 7L, 1, 1, null, null, new Size(64, 64)));
        SampleCheck rewritten = requests.check(asked(lora, GuardMode.REWRITE));
        SampleCheck blocked = requests.check(asked(lora, GuardMode.BLOCK));

        assertThat(warned.guards()).extracting(GuardAnswer::rule).containsExactly(GuardRule.SIZE, GuardRule.FRAMING);
        assertThat(warned.drawn()).isTrue();
        assertThat(warned.prompt()).isEqualTo("full body");
        assertThat(rewritten.twoPasses()).isTrue();
        assertThat(rewritten.prompt()).isNotEqualTo("full body");
        assertThat(blocked.drawn()).isFalse();
        assertThat(renderer.pictures).isZero();
        store.list(ObjectKeys.loras(facts.run())).forEach(store::delete);
        assertThatThrownBy(() -> requests.check(asked(lora, GuardMode.WARN))).hasMessageContaining("has no LoRA");
    }

    private static SampleRequest asked(SampleRequest.WishedLora lora, GuardMode guards) {
        return new SampleRequest(
                RandomBase.NAME,
                List.of(lora),
                "full body",
                null,
                7L,
                1,
                1,
                null,
                null,
                new Size(64, 64),
                guards,
                null,
                null);
    }

    @Test
    void whatTwoRunsDrewLiesWithTheFirstAndIsListedAtTheOther() {
        SampleFacts other = new SampleFacts(store, RunId.fresh("other", new Random()), RandomBase.NAME);
        facts.trained();
        other.trained();

        SampleResponse response = requested(renderer, run -> false, LONGEST).of(withLorasOf(facts.run(), other.run()));

        String key = response.samples().get(0).picture().key();
        assertThat(key).startsWith(ObjectKeys.samples(facts.run()));
        assertThat(store.list(ObjectKeys.samples(other.run()))).singleElement().satisfies(list -> {
            assertThat(ObjectKeys.isRequestedElsewhere(list)).isTrue();
            assertThat(store.find(list).map(found -> Json.read(found.bytes(), String[].class)))
                    .hasValueSatisfying(keys -> assertThat(keys).containsExactly(key));
        });
    }

    @Test
    void ofARunThatIsErasedMeanwhileNothingIsKept() {
        SampleFacts other = new SampleFacts(store, RunId.fresh("other", new Random()), RandomBase.NAME);
        facts.trained();
        other.trained();
        RenderRequested meanwhile = requested(renderer, other.run()::equals, LONGEST);

        assertThatThrownBy(() -> meanwhile.of(withLorasOf(facts.run(), other.run())))
                .isInstanceOf(RequestRefused.class)
                .hasMessage("run %s was erased while its LoRA was drawing; nothing was kept".formatted(other.run()));

        assertThat(store.list(ObjectKeys.samples(facts.run()))).isEmpty();
        assertThat(store.list(ObjectKeys.samples(other.run()))).isEmpty();
    }

    private static SampleRequest withLorasOf(RunId... runs) {
        List<SampleRequest.WishedLora> loras = Stream.of(runs)
                .map(run -> new SampleRequest.WishedLora(run.value(), null, 0.5, null))
                .toList();
        return new SampleRequest(RandomBase.NAME, loras, "a photo", null, 7L, 1, 1, null, null, new Size(32, 32));
    }

    @Test
    void aRequestThatCannotBeCarriedOutGetsASentence() {
        RenderRequested renderRequested = requested(renderer, run -> false, LONGEST);

        assertThatThrownBy(() -> renderRequested.of(
                        new SampleRequest(RandomBase.NAME, null, "x", null, null, 99, null, null, null, null)))
                .hasMessage("count is 99; wanted 1 to 16");
        assertThatThrownBy(() -> renderRequested.of(
                        new SampleRequest(RandomBase.NAME, null, " ", null, null, null, null, null, null, null)))
                .hasMessage("prompt is missing; give it");
        assertThatThrownBy(() -> renderRequested.of(new SampleRequest(
                        RandomBase.NAME, null, "x", null, null, null, null, null, null, new Size(33, 32))))
                .hasMessageContaining("33x32 cannot be rendered");
        assertThatThrownBy(() -> renderRequested.of(new SampleRequest(
                        RandomBase.NAME, null, "x".repeat(4001), null, null, null, null, null, null, null)))
                .hasMessage("prompt has 4001 characters; wanted at most 4000");
        assertThatThrownBy(() -> renderRequested.of(new SampleRequest(
                        RandomBase.NAME, null, "x", "x".repeat(4001), null, null, null, null, null, null)))
                .hasMessage("negativePrompt has 4001 characters; wanted at most 4000");
        for (double guidance : new double[] {-1, 1e300, Double.NaN}) {
            assertThatThrownBy(() -> renderRequested.of(new SampleRequest(
                            RandomBase.NAME, null, "x", null, null, null, null, guidance, null, null)))
                    .hasMessage("guidance is %s; wanted 0 to 100".formatted(guidance));
        }
        List<SampleRequest.WishedLora> many =
                Collections.nCopies(9, new SampleRequest.WishedLora("nobody-123", null, null, null));
        assertThatThrownBy(() -> renderRequested.of(
                        new SampleRequest(RandomBase.NAME, many, "x", null, null, null, null, null, null, null)))
                .hasMessage("loras names 9; wanted at most 8");
        SampleRequest.WishedLora nobody = new SampleRequest.WishedLora("nobody-123", null, null, null);
        assertThatThrownBy(() -> renderRequested.of(new SampleRequest(
                        RandomBase.NAME, List.of(nobody), "x", null, null, null, null, null, null, null)))
                .hasMessageContaining("run nobody-123 has no LoRA");
    }

    @Test
    void aRequestForMoreThanTheBaseOrTheMachineCanDrawIsRefused() {
        RenderRequested inNoTime = requested(renderer, run -> false, Duration.ofNanos(1));

        assertThatThrownBy(() -> inNoTime.of(new SampleRequest(
                        RandomBase.NAME, null, "x", null, null, 1, 3, null, null, new Size(2048, 32))))
                .hasMessageMatching(
                        "size 2048x32 is more than .+ can draw: it was made for (\\d+)x\\1, wanted at most \\d+"
                                + " pixels a side");
        assertThat(renderer.pictures).isZero();
        assertThatThrownBy(() -> inNoTime.of(
                        new SampleRequest(RandomBase.NAME, null, "x", null, null, 2, 3, null, null, new Size(32, 32))))
                .isInstanceOf(CannotRenderException.class)
                .hasMessageContaining("2 pictures of 32x32 with 3 steps would take about")
                .hasMessageContaining("a request may take 0 s; ask for fewer or smaller pictures or fewer steps");
    }

    @Test
    void moreRequestsThanAFewAtATimeAreToldToComeLater() throws Exception {
        CountDownLatch drawn = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(4);
        RenderRequested slow = requested(new HangingRenderer(begun, drawn), run -> false, LONGEST);
        SampleRequest request =
                new SampleRequest(RandomBase.NAME, null, "x", null, null, 1, 1, null, null, new Size(32, 32));
        ExecutorService four = Executors.newFixedThreadPool(4);
        try {
            for (int i = 0; i < 4; i++) {
                four.submit(() -> slow.of(request));
            }
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

            assertThatThrownBy(() -> slow.of(request))
                    .isInstanceOf(TooManyRequests.class)
                    .hasMessageStartingWith("4 requests are being drawn or wait already");
        } finally {
            drawn.countDown();
            four.shutdown();
        }
        assertThat(four.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> slow.of(request)).hasMessage("nothing is drawn here");
    }

    /** Draws nothing, and takes its time for it. */
    private record HangingRenderer(CountDownLatch begun, CountDownLatch drawn) implements Renderer {

        @Override
        public RenderedPictures render(RenderWish wish, BooleanSupplier cancelled) {
            begun.countDown();
            try {
                drawn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IllegalStateException("nothing is drawn here");
        }

        @Override
        public List<float[]> look(
                String baseModel, List<BufferedImage> pictures, String prompt, BooleanSupplier stopped) {
            throw new IllegalStateException("nothing is looked at here");
        }

        @Override
        public BufferedImage throughAutoencoder(String baseModel, BufferedImage picture) {
            throw new IllegalStateException("nothing is looked at here");
        }

        @Override
        public String identity(String baseModel) {
            return baseModel;
        }

        @Override
        public int nativeSide(String baseModel) {
            return 32;
        }

        @Override
        public ModelFamily family(String baseModel) {
            return ModelFamily.SD1;
        }
    }

    /** The real thing, with a tally. */
    private static final class CountingRenderer implements Renderer {

        private int pictures;

        @Override
        public RenderedPictures render(RenderWish wish, BooleanSupplier cancelled) {
            pictures += wish.pictures().size();
            return drawing.render(wish, cancelled);
        }

        @Override
        public List<float[]> look(String baseModel, List<BufferedImage> seen, String prompt, BooleanSupplier stopped) {
            return drawing.look(baseModel, seen, prompt, stopped);
        }

        @Override
        public BufferedImage throughAutoencoder(String baseModel, BufferedImage picture) {
            return drawing.throughAutoencoder(baseModel, picture);
        }

        @Override
        public String identity(String baseModel) {
            return drawing.identity(baseModel);
        }

        @Override
        public int nativeSide(String baseModel) {
            return drawing.nativeSide(baseModel);
        }

        @Override
        public ModelFamily family(String baseModel) {
            return drawing.family(baseModel);
        }
    }
}
