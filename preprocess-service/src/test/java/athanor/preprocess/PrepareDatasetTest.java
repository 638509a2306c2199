package athanor.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.BucketCount;
import athanor.contracts.dataset.ClassBatch;
import athanor.contracts.dataset.ClassPicture;
import athanor.contracts.dataset.PreparedDataset;
import athanor.contracts.dataset.PreparedPicture;
import athanor.contracts.dataset.TrainingPlan;
import athanor.contracts.events.ClassPicturesRendered;
import athanor.contracts.events.ClassPicturesRequested;
import athanor.contracts.events.DatasetAccepted;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.json.Json;
import athanor.contracts.plan.PlanView;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunId;
import athanor.contracts.run.WorkerSeen;
import athanor.diffusion.model.BaseModels;
import athanor.people.People;
import athanor.pictures.PictureLimits;
import athanor.pictures.reader.PictureReader;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.teststack.S3Address;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real store; the pictures are painted by the test. */
class PrepareDatasetTest {

    private static final BaseModels BASES = BaseModels.of("../tiny-base/models");
    private static final PictureReader READER = new PictureReader(PictureLimits.standard(), 1);

    private static S3Address.Running server;
    private static ObjectStore store;

    private final RunId run = RunId.fresh("prepare", new Random());
    private final Recipe recipe = Recipe.defaults("sd15", "woman").with("prior.classPictures", "10");
    private final PrepareDataset prepareDataset = new PrepareDataset(
            store, READER, People.none(), BASES, MemoryClass.G8, List::of, run -> false, news -> {}, Clock.systemUTC());

    @BeforeAll
    static void startStore() {
        server = S3Address.start();
        store = TestStore.open(server.address());
    }

    @AfterAll
    static void stopStore() {
        READER.close();
        server.close();
    }

    @Test
    void testPicturesThatTheBaseCannotDrawEndTheRunBeforeItTrains(@TempDir Path folder) throws Exception {
        tinyWithTenTimesteps(folder.resolve("short"));
        PrepareDataset prepare = new PrepareDataset(
                store,
                READER,
                People.none(),
                BaseModels.of(folder.toString()),
                MemoryClass.CPU,
                List::of,
                run -> false,
                news -> {},
                Clock.systemUTC());
        Recipe twentySteps = Recipe.defaults("tiny", "woman").with("baseModel", "short");
        DatasetAccepted accepted = new DatasetOf(store, run, twentySteps)
                .picture("one.png", 64, 64, null)
                .accepted();

        assertThat(prepare.from(accepted))
                .isEqualTo(new Preparation.Impossible(
                        "my run",
                        FailureReason.BAD_RECIPE,
                        "the test pictures cannot be drawn: 20 sampling steps; this model allows 1 to 10"));
    }

    @Test
    void picturesFarLargerThanTheBaseWasMadeForEndTheRunBeforeAnythingIsDrawn() {
        Recipe tiny = Recipe.defaults("tiny", "woman");

        assertThat(evidence(tiny.with("samples.size", "2048x2048")))
                .isEqualTo(
                        "test pictures of samples.size, 2048x2048, are more than the base can draw: it was made for 64x64,"
                                + " wanted at most 256 pixels a side");
        assertThat(evidence(tiny.with("training.area", "1024x1024")))
                .startsWith("pictures of training.area, ")
                .endsWith("wanted at most 256 pixels a side");
    }

    @Test
    void whatTheBaseCannotBeTrainedForEndsTheRunBeforeAnythingIsDrawn() {
        assertThat(evidence(Recipe.defaults("tiny", "woman").with("training.zeroTerminalSnr", "true")))
                .startsWith(
                        "training.zeroTerminalSnr: zero terminal SNR wants a base that predicts velocity, tiny predicts noise");
    }

    private String evidence(Recipe recipe) {
        DatasetAccepted accepted = new DatasetOf(store, run, recipe)
                .picture("one.png", 1200, 1200, null)
                .accepted();
        return ((Preparation.Impossible) among(List.of()).from(accepted)).evidence();
    }

    @Test
    void aStepThatNoLivingWorkerHoldsEndsTheRunBeforeAnythingIsDrawn() {
        Recipe large = Recipe.defaults("tiny", "woman").with("training.batchSize", "128");
        DatasetAccepted accepted = new DatasetOf(store, run, large)
                .picture("one.png", 64, 64, null)
                .accepted();
        WorkerSeen small = worker("small", new WorkerSeen.Memory(1200 << 20, 4, false));
        WorkerSeen smaller = worker("smaller", new WorkerSeen.Memory(50 << 20, 4, false));

        assertThat(among(List.of(smaller, small)).from(accepted))
                .isEqualTo(
                        new Preparation.Impossible(
                                "my run",
                                FailureReason.OUT_OF_MEMORY,
                                "TINY at 64x64 with training.batchSize 128, rank 8 and float32 takes 2.3 GiB, and a machine with 1.2 GiB"
                                        + " has less; with training.batchSize 24 it fits; it is the largest worker of memory class cpu, small"));
        assertThat(store.list("runs/%s/".formatted(run))).isEmpty();
    }

    @Test
    void nothingIsRefusedWhereOneWorkerHoldsItOrNobodyKnows() {
        Recipe large = Recipe.defaults("tiny", "woman").with("training.batchSize", "128");
        DatasetAccepted accepted = new DatasetOf(store, run, large)
                .picture("one.png", 64, 64, null)
                .accepted();
        WorkerSeen small = worker("small", new WorkerSeen.Memory(100 << 20, 4, false));
        WorkerSeen big = worker("big", new WorkerSeen.Memory(1L << 40, 4, false));
        WorkerSeen silent = worker("silent", null);
        WorkerSeen ofAnotherClass = new WorkerSeen("g8", List.of(MemoryClass.G8), null, small.memory(), Instant.now());

        for (List<WorkerSeen> workers :
                List.of(List.of(small, big), List.of(small, silent), List.of(ofAnotherClass), List.<WorkerSeen>of())) {
            assertThat(among(workers).from(accepted)).isInstanceOf(Preparation.Waiting.class);
        }
    }

    @Test
    void ofABaseThatNobodyCountedIsRefusedWhatCertainlyIsTooMuch(@TempDir Path folder) throws Exception {
        tinyWith(folder.resolve("odd"), "unet/config.json", "48, 96, 128", "48, 96, 160");
        Recipe large = Recipe.defaults("tiny", "woman")
                .with("training.batchSize", "128")
                .with("baseModel", "odd");
        DatasetAccepted accepted = new DatasetOf(store, run, large)
                .picture("one.png", 64, 64, null)
                .accepted();
        PrepareDataset prepare = new PrepareDataset(
                store,
                READER,
                People.none(),
                BaseModels.of(folder.toString()),
                MemoryClass.CPU,
                () -> List.of(worker("small", new WorkerSeen.Memory(100 << 20, 4, false))),
                run -> false,
                news -> {},
                Clock.systemUTC());

        assertThat(((Preparation.Impossible) prepare.from(accepted)).evidence())
                .matches(
                        "a step with training.batchSize 128 on pictures of up to 64x64 keeps at least [\\d.]+ GiB; of the"
                                + " workers of memory class cpu the largest, small, has 0\\.1 GiB");
    }

    @Test
    void theRunKnowsWhatItNeedsAndKeepsBeforeAnythingIsDrawn() {
        PlanView plan = planned(1L << 40).memory();

        assertThat(plan).isNotNull();
        assertThat(plan.family()).isEqualTo("TINY");
        assertThat(plan.memoryBytes()).isEqualTo(1L << 40);
        assertThat(plan.precision()).isEqualTo("float32");
        assertThat(plan.bytes() - plan.assumedBytes()).isPositive();
        assertThat(plan.pictures()).extracting(PlanView.Picture::fileName).containsExactly("one.png", "two.png");
        assertThat(plan.pictures().get(1).pixelsKept()).isEqualTo(0.25);
        assertThat(plan.warnings()).isEmpty();
        assertThat(plan.nextCard()).isNotNull();
    }

    @Test
    void whatMayNotFitWithAllThatElseTakesRoomIsWarnedOf() {
        PlanView plan = planned(1L << 40).memory();
        assertThat(plan).isNotNull();

        assertThat(planned(plan.bytes() - plan.assumedBytes() / 2).warnings())
                .first()
                .asString()
                .startsWith("it may run out of memory: TINY at 64x64 takes ");
        assertThat(planned(plan.bytes()).warnings()).noneMatch(warning -> warning.contains("run out of memory"));
    }

    /** The first move of a run of its own. */
    private TrainingPlan planned(long bytesOfTheWorker) {
        RunId fresh = RunId.fresh("planned", new Random());
        DatasetAccepted accepted = new DatasetOf(store, fresh, Recipe.defaults("tiny", "woman"))
                .picture("one.png", 64, 64, null)
                .picture("two.png", 128, 128, null)
                .accepted();
        Preparation made = among(List.of(worker("one", new WorkerSeen.Memory(bytesOfTheWorker, 4, false))))
                .from(accepted);
        assertThat(made).isInstanceOf(Preparation.Waiting.class);
        byte[] pending =
                store.find(ObjectKeys.pendingDataset(fresh)).orElseThrow().bytes();
        return Json.read(pending, PendingDataset.class).plan();
    }

    private static WorkerSeen worker(String name, WorkerSeen.@Nullable Memory memory) {
        return new WorkerSeen(name, List.of(MemoryClass.CPU), null, memory, Instant.now());
    }

    private static PrepareDataset among(List<WorkerSeen> workers) {
        return new PrepareDataset(
                store,
                READER,
                People.none(),
                BASES,
                MemoryClass.CPU,
                () -> workers,
                run -> false,
                news -> {},
                Clock.systemUTC());
    }

    private static void tinyWithTenTimesteps(Path folder) throws IOException {
        tinyWith(
                folder,
                "scheduler/scheduler_config.json",
                "\"num_train_timesteps\": 1000",
                "\"num_train_timesteps\": 10");
    }

    /** The tiny base but for one line of its configuration. */
    private static void tinyWith(Path folder, String changed, String from, String to) throws IOException {
        Path tiny = Path.of("../tiny-base/models/tiny").toAbsolutePath();
        try (Stream<Path> files = Files.walk(tiny)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(tiny.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                if (file.endsWith(changed)) {
                    assertThat(Files.readString(file)).contains(from);
                    Files.writeString(copy, Files.readString(file).replace(from, to));
                } else {
                    Files.createSymbolicLink(copy, file);
                }
            }
        }
    }

    @Test
    void aBaseThatCannotBeReadEndsTheRunBeforeAnythingIsDone(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("broken.safetensors"), "no weights");
        PrepareDataset prepare = new PrepareDataset(
                store,
                READER,
                People.none(),
                BaseModels.of(folder.toString()),
                MemoryClass.CPU,
                List::of,
                run -> false,
                news -> {},
                Clock.systemUTC());
        DatasetAccepted accepted = new DatasetOf(store, run, recipe.with("baseModel", "broken"))
                .picture("one.png", 64, 64, null)
                .accepted();

        assertThat(prepare.from(accepted))
                .asInstanceOf(InstanceOfAssertFactories.type(Preparation.Impossible.class))
                .satisfies(end -> assertThat(end.reason()).isEqualTo(FailureReason.BASE_MODEL_UNREADABLE))
                .satisfies(end -> assertThat(end.evidence()).contains("'broken' cannot be used"));
    }

    @Test
    void aCaptionLongerThanTheTextEncoderReadsIsNamedInThePlan() {
        DatasetAccepted accepted = new DatasetOf(store, run, recipe)
                .picture("one.png", 512, 768, "a sks woman " + "in a park ".repeat(40))
                .accepted();

        PreparedDataset dataset = dataset(complete(prepareDataset.from(accepted)));

        assertThat(dataset.plan().warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith(
                                "one.png: the caption has 123 tokens and this base reads 75; not read: \"in a park"));
    }

    @Test
    void whatIsToBeSaidOfTriggerAndCaptionsIsInThePlan() {
        DatasetAccepted accepted = new DatasetOf(store, run, recipe.with("subject.trigger", "Anna"))
                .picture("one.png", 512, 768, "a woman with red hair")
                .picture("two.png", 512, 769, "a woman with red hair")
                .picture("three.png", 512, 770, "a woman with red hair")
                .accepted();

        PreparedDataset dataset = dataset(complete(prepareDataset.from(accepted)));

        assertThat(dataset.instances()).extracting(PreparedPicture::caption).containsOnly("a Anna woman with red hair");
        assertThat(dataset.plan().warnings())
                .anyMatch(warning -> warning.startsWith("the trigger 'Anna' is an ordinary word"))
                .anyMatch(warning -> warning.startsWith("'Anna' is in 0 of 3 captions"))
                .anyMatch(warning -> warning.startsWith("all of the 3 captions say the same"))
                .anyMatch(warning -> warning.startsWith("3 of 3 captions name what shall be learnt ('red hair')"));
    }

    @Test
    void everyPictureIsExactlyAsLargeAsItsBucket() throws Exception {
        DatasetAccepted accepted = new DatasetOf(store, run, recipe)
                .picture("tall.png", 1080, 1920, null)
                .picture("wide.jpg", 1920, 1080, "a woman in a park")
                .picture("small.png", 300, 400, "sks woman")
                .accepted();

        PreparedDataset dataset = dataset(complete(prepareDataset.from(accepted)));

        assertThat(dataset.instances())
                .extracting(PreparedPicture::bucket)
                .containsExactly(new Size(448, 768), new Size(768, 448), new Size(256, 384));
        assertThat(dataset.instances())
                .extracting(PreparedPicture::caption)
                .containsExactly("a photo of a sks woman", "a sks woman in a park", "sks woman");
        for (PreparedPicture picture : dataset.instances()) {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(store.read(picture.picture())));
            assertThat(new Size(image.getWidth(), image.getHeight())).isEqualTo(picture.bucket());
            assertThat(picture.upscaled()).isFalse();
        }
        assertThat(dataset.instances().get(0).cropTop()).isEqualTo(14);
        assertThat(dataset.instances().get(0).pixelsKept()).isCloseTo(448.0 * 768 / (1080 * 1920), within(1e-9));
        assertThat(dataset.plan().warnings())
                .contains(
                        "small.png is 300x400: smaller than the area of 512x768; it was not enlarged and trains at 256x384");
    }

    @Test
    void aPictureThatWouldBeEnlargedTooMuchIsLeftOut() {
        DatasetAccepted accepted = new DatasetOf(store, run, recipe)
                .picture("whole.png", 512, 768, null)
                .picture("stamp.png", 100, 150, null)
                .accepted();

        PreparedDataset dataset = dataset(complete(prepareDataset.from(accepted)));

        assertThat(dataset.instances()).extracting(PreparedPicture::bucket).containsExactly(new Size(512, 768));
        assertThat(dataset.plan().warnings())
                .first()
                .asString()
                .startsWith("stamp.png is left out: it is 100x150 and would be enlarged 2.56 times to 256x384");
    }

    @Test
    void picturesThatAllWouldBeEnlargedTooMuchAreNoDataset() {
        DatasetAccepted accepted = new DatasetOf(store, run, recipe)
                .picture("stamp.png", 100, 150, null)
                .accepted();

        assertThat(prepareDataset.from(accepted)).isInstanceOfSatisfying(Preparation.Impossible.class, impossible -> {
            assertThat(impossible.reason()).isEqualTo(FailureReason.NO_USABLE_PICTURES);
            assertThat(impossible.evidence()).startsWith("stamp.png is left out");
        });
    }

    @Test
    void classPicturesAreAskedForInProportion() {
        DatasetOf pictures = new DatasetOf(store, run, recipe).picture("wide.png", 1920, 1080, null);
        for (int i = 0; i < 4; i++) {
            pictures.picture("tall-%d.png".formatted(i), 1080, 1920 + i, null);
        }

        Preparation preparation = prepareDataset.from(pictures.accepted());

        assertThat(preparation).isInstanceOf(Preparation.Waiting.class);
        ClassPicturesRequested request = ((Preparation.Waiting) preparation).request();
        assertThat(request.prompt()).isEqualTo("a photo of a woman");
        assertThat(request.batches())
                .containsExactly(new ClassBatch(new Size(448, 768), 8), new ClassBatch(new Size(768, 448), 2));
        assertThat(dataset(complete(preparation)).plan().buckets())
                .containsExactly(new BucketCount(new Size(448, 768), 4, 8), new BucketCount(new Size(768, 448), 1, 2));
    }

    @Test
    void withoutClassPicturesTheDatasetIsReadyAtOnce() {
        Recipe off = recipe.with("prior.mode", "OFF");
        DatasetAccepted accepted =
                new DatasetOf(store, run, off).picture("a.png", 512, 768, null).accepted();

        Preparation preparation = prepareDataset.from(accepted);

        assertThat(preparation).isInstanceOf(Preparation.Ready.class);
        DatasetPrepared event = ((Preparation.Ready) preparation).event();
        assertThat(event.memoryClass()).isEqualTo(MemoryClass.G8);
        assertThat(event.attempt()).isEqualTo(1);
        assertThat(dataset(event).classPictures()).isEmpty();
        assertThat(dataset(event).plan().warnings()).anyMatch(warning -> warning.contains("prior preservation is off"));
    }

    @Test
    void aSecondDeliveryAnnouncesTheVerySame() {
        DatasetAccepted accepted = new DatasetOf(store, run, recipe)
                .picture("a.png", 512, 768, null)
                .accepted();
        Preparation first = prepareDataset.from(accepted);
        Preparation again = prepareDataset.from(accepted);
        assertThat(again).isEqualTo(first);

        ClassPicturesRendered rendered = rendered(((Preparation.Waiting) first).request());
        DatasetPrepared untold = ready(prepareDataset.with(rendered)).event();
        DatasetPrepared untoldAgain = ready(prepareDataset.with(rendered)).event();
        assertThat(untoldAgain.prepared()).isEqualTo(untold.prepared());

        DatasetPrepared settled = prepareDataset.settle(untold);
        assertThat(prepareDataset.settle(untoldAgain))
                .as("the first one stands")
                .isEqualTo(settled);
        assertThat(prepareDataset.with(rendered)).isEqualTo(new Preparation.Ready(settled, true));
        assertThat(prepareDataset.from(accepted)).isEqualTo(new Preparation.Ready(settled, true));
    }

    private static Preparation.Ready ready(Preparation preparation) {
        assertThat(preparation).isInstanceOf(Preparation.Ready.class);
        return (Preparation.Ready) preparation;
    }

    @Test
    void aRestartBetweenTheTwoMovesLosesNothing() {
        Preparation first = prepareDataset.from(new DatasetOf(store, run, recipe)
                .picture("a.png", 512, 768, null)
                .accepted());

        PrepareDataset afterRestart = new PrepareDataset(
                store,
                READER,
                People.none(),
                BASES,
                MemoryClass.G8,
                List::of,
                run -> false,
                news -> {},
                Clock.systemUTC());
        Preparation second = afterRestart.with(rendered(((Preparation.Waiting) first).request()));

        assertThat(second).isInstanceOf(Preparation.Ready.class);
    }

    @Test
    void classPicturesOfAnUnknownRunAreNobodysBusiness() {
        assertThat(prepareDataset.with(new ClassPicturesRendered(run, "my run", List.of(), 0, Instant.now())))
                .isEqualTo(new Preparation.Unknown());
    }

    @Test
    void aLostOriginalMakesTheRunImpossible() {
        DatasetAccepted accepted = new DatasetOf(store, run, recipe)
                .picture("a.png", 512, 768, null)
                .accepted();
        store.list("datasets/%s/originals/".formatted(run)).forEach(store::delete);

        assertThat(prepareDataset.from(accepted)).isInstanceOfSatisfying(Preparation.Impossible.class, impossible -> {
            assertThat(impossible.reason()).isEqualTo(FailureReason.OBJECT_MISSING_OR_DAMAGED);
            assertThat(impossible.evidence()).contains("does not exist");
        });
    }

    @Test
    void aDamagedOriginalIsFoundOut() {
        DatasetAccepted accepted = new DatasetOf(store, run, recipe)
                .picture("a.png", 512, 768, null)
                .accepted();
        String key = store.list("datasets/%s/originals/".formatted(run)).get(0);
        store.put(key, new byte[] {1, 2, 3}, "image/png");

        assertThat(prepareDataset.from(accepted))
                .isInstanceOfSatisfying(
                        Preparation.Impossible.class,
                        impossible -> assertThat(impossible.evidence()).contains("is damaged"));
    }

    @Test
    void anOriginalMadeOnPurposeCostsItsRunAndNotTheService() {
        // a directory of a TIFF that is its own next one, and holds a picture of no size
        byte[] circle = HexFormat.of().parseHex("49492a0008000000" + "0100" + "000104000100000000000000" + "08000000");

        assertThat(prepareDataset.from(new DatasetOf(store, run, recipe)
                        .file("a.tif", circle, 512, 768, null)
                        .accepted()))
                .isInstanceOfSatisfying(
                        Preparation.Impossible.class,
                        impossible -> assertThat(impossible.evidence()).contains("a.tif", "it holds no picture"));
    }

    @Test
    void anEmptyManifestIsNoDataset() {
        assertThat(prepareDataset.from(new DatasetOf(store, run, recipe).accepted()))
                .isInstanceOfSatisfying(
                        Preparation.Impossible.class,
                        impossible -> assertThat(impossible.reason()).isEqualTo(FailureReason.NO_USABLE_PICTURES));
    }

    @Test
    void picturesOfTheClassAloneAreNoSubject() {
        assertThat(prepareDataset.from(new DatasetOf(store, run, recipe)
                        .picture("class-pictures/a.png", 512, 768, null)
                        .accepted()))
                .isInstanceOfSatisfying(
                        Preparation.Impossible.class,
                        impossible -> assertThat(impossible.evidence())
                                .isEqualTo(
                                        "all pictures are of the class (class-pictures/...) and none of the subject"));
    }

    @Test
    void aSizeWithoutClassPicturesIsNotTrained() {
        Preparation first = prepareDataset.from(new DatasetOf(store, run, recipe)
                .picture("a.png", 512, 768, null)
                .accepted());

        assertThat(prepareDataset.with(new ClassPicturesRendered(run, "my run", List.of(), 1, Instant.now())))
                .isInstanceOfSatisfying(
                        Preparation.Impossible.class,
                        impossible -> assertThat(impossible.evidence()).contains("none of 512x768"));
        assertThat(first).isInstanceOf(Preparation.Waiting.class);
    }

    private DatasetPrepared complete(Preparation preparation) {
        Preparation ready = prepareDataset.with(rendered(((Preparation.Waiting) preparation).request()));
        return ((Preparation.Ready) ready).event();
    }

    private ClassPicturesRendered rendered(ClassPicturesRequested request) {
        List<ClassPicture> pictures = new ArrayList<>();
        long seed = request.seed();
        for (ClassBatch batch : request.batches()) {
            for (int i = 0; i < batch.count(); i++, seed++) {
                String key = ObjectKeys.classPicture("base", request.prompt(), batch.size(), 1, 1, "ddim", seed);
                byte[] png = DatasetOf.png(batch.size().width(), batch.size().height());
                ObjectRef ref = store.put(key, png, "image/png");
                pictures.add(new ClassPicture(ref, request.prompt(), batch.size(), seed));
            }
        }
        return new ClassPicturesRendered(request.runId(), request.name(), pictures, 1, Instant.now());
    }

    private static PreparedDataset dataset(DatasetPrepared event) {
        return Json.read(store.read(event.prepared()), PreparedDataset.class);
    }
}
