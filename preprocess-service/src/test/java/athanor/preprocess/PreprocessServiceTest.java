package athanor.preprocess;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import athanor.contracts.ObjectRef;
import athanor.contracts.dataset.ClassBatch;
import athanor.contracts.dataset.ClassPicture;
import athanor.contracts.dataset.PreparedDataset;
import athanor.contracts.events.ClassPicturesRendered;
import athanor.contracts.events.ClassPicturesRequested;
import athanor.contracts.events.DatasetAccepted;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.events.RunCommand;
import athanor.contracts.events.Topics;
import athanor.contracts.json.Json;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import athanor.diffusion.model.BaseModels;
import athanor.people.People;
import athanor.pictures.PictureLimits;
import athanor.pictures.reader.PictureReader;
import athanor.shell.EventPublisher;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.teststack.RunEvents;
import athanor.teststack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The whole service between a real broker and a real store; the test plays ingest-service and sample-service. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class PreprocessServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Enough that the cancellation comes while they are being prepared. */
    private static final int MANY = 40;

    @Inject
    EventPublisher publisher;

    @Inject
    ObjectStore store;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private final RunId run = RunId.fresh("flow", new Random());
    private final Recipe recipe = Recipe.defaults("tiny", "woman").with("prior.classPictures", "4");

    @Test
    void twoEventsLaterTheDatasetIsOnTheQueue() {
        publisher.publish(pictures(recipe).accepted(), "ingest/dataset", 1);

        ClassPicturesRequested request = events().first(Topics.CLASS_PICTURES, ClassPicturesRequested.class);
        assertThat(request.baseModel()).isEqualTo("tiny");
        assertThat(request.batches())
                .containsExactly(new ClassBatch(recipe.training().bucketArea(), 4));
        assertThat(events().state(RunState.Preparing.class)).isNotNull();

        publisher.publish(drawn(request), "sample/class-pictures", 1);

        DatasetPrepared prepared = events().first(Topics.trainingQueue(MemoryClass.CPU), DatasetPrepared.class);
        PreparedDataset dataset = Json.read(store.read(prepared.prepared()), PreparedDataset.class);
        assertThat(dataset.instances()).hasSize(2);
        assertThat(dataset.classPictures()).hasSize(4);
        assertThat(events().state(RunState.Queued.class).name()).isEqualTo("my run");
    }

    @Test
    void withoutPriorOneEventIsEnough() {
        publisher.publish(pictures(recipe.with("prior.mode", "BASE_PREDICTION")).accepted(), "ingest/dataset", 1);

        DatasetPrepared prepared = events().first(Topics.trainingQueue(MemoryClass.CPU), DatasetPrepared.class);

        assertThat(prepared.name()).isEqualTo("my run");
    }

    /** As if the process had been ended after it prepared everything and before it told anybody. */
    @Test
    void aRunWhoseDatasetIsReadyAndUntoldBecomesQueued() {
        DatasetAccepted accepted = pictures(recipe.with("prior.mode", "OFF").with("plainFineTuning", "true"))
                .accepted();
        try (PictureReader reader = new PictureReader(PictureLimits.standard(), 1)) {
            new PrepareDataset(
                            store,
                            reader,
                            People.none(),
                            BaseModels.of(""),
                            MemoryClass.CPU,
                            List::of,
                            any -> false,
                            news -> {},
                            Clock.systemUTC())
                    .from(accepted);
        }

        publisher.publish(accepted, "ingest/dataset", 1);

        assertThat(events().state(RunState.Queued.class).name()).isEqualTo("my run");
        assertThat(events().first(Topics.trainingQueue(MemoryClass.CPU), DatasetPrepared.class))
                .isNotNull();
    }

    @Test
    void aDatasetWhoseOriginalIsGoneFailsWithTheReason() {
        DatasetAccepted accepted = pictures(recipe).accepted();
        store.list("datasets/%s/originals/".formatted(run)).forEach(store::delete);

        publisher.publish(accepted, "ingest/dataset", 1);

        RunState.Failed failed =
                (RunState.Failed) events().state(RunState.Failed.class).state();
        assertThat(failed.reason()).isEqualTo(FailureReason.OBJECT_MISSING_OR_DAMAGED);
        assertThat(failed.evidence()).contains("does not exist");
    }

    @Test
    void aCancelledRunIsGivenUpBetweenTwoPicturesAndNothingIsPublished() {
        DatasetOf many = new DatasetOf(store, run, recipe);
        for (int i = 0; i < MANY; i++) {
            many.picture(i + ".png", 1600 + i, 1200, null);
        }
        DatasetAccepted accepted = many.accepted();
        publisher.publish(accepted, "ingest/dataset", 1);
        events().state(RunState.Preparing.class);

        publisher.publish(new RunCommand.CancelRun(run, Instant.now()), "command/CancelRun", 1);

        assertThat(events().state(RunState.Cancelled.class).name()).isEqualTo("my run");
        publisher.publish(accepted, "ingest/dataset", 1); // a second delivery
        await().atMost(PATIENCE).until(() -> events().all(Topics.RUN_STATE).size() >= 3);
        assertThat(store.list("runs/%s/prepared/pictures/".formatted(run))).hasSizeLessThan(MANY);
        assertThat(events().all(Topics.CLASS_PICTURES)).isEmpty();
        assertThat(events().all(Topics.trainingQueue(MemoryClass.CPU))).isEmpty();
    }

    @Test
    void aPlanIsMadeFromSizesAlone() {
        planned("""
                {"family": "tiny", "memory": "cpu:16GiB", "pictures": [{"fileName": "a.png", "width": 96, "height": 128}]}
                """)
                .statusCode(200)
                .body("family", equalTo("TINY"))
                .body("area.width", equalTo(256))
                .body("buckets", hasSize(1))
                .body("seconds", nullValue())
                .body("bytes", greaterThan(0));
        planned("""
                {"family": "SDXL", "memory": "2GiB", "pictures": [{"fileName": "a.png", "width": 1024, "height": 1024}]}
                """).statusCode(422).body("detail", endsWith("no size fits: take a larger card"));
        planned(
                        "{\"base\": \"nowhere\", \"memory\": \"g8\", \"pictures\": [{\"fileName\": \"a\", \"width\": 9, \"height\": 9}]}")
                .statusCode(404)
                .body("detail", startsWith("there is no base model 'nowhere' at this service"));
        planned(
                        "{\"family\": \"SD1\", \"memory\": \"much\", \"pictures\": [{\"fileName\": \"a\", \"width\": 9, \"height\": 9}]}")
                .statusCode(400)
                .body("detail", startsWith("'much' is no memory"));
        planned("{\"family\": \"SD1\", \"memory\": \"g8\", \"pictures\": []}")
                .statusCode(400)
                .body("detail", containsString("the number of pictures"));
        planned("").statusCode(400).body("detail", startsWith("the request has no body"));
    }

    @Test
    void whatBecameOfEachPictureIsShown() {
        get("/runs/" + run + "/preparation")
                .then()
                .statusCode(404)
                .body("detail", containsString("are not prepared yet, or there is no such run"));
        publisher.publish(
                pictures(recipe.with("prior.mode", "OFF").with("plainFineTuning", "true"))
                        .accepted(),
                "ingest/dataset",
                1);
        events().first(Topics.trainingQueue(MemoryClass.CPU), DatasetPrepared.class);

        String preview = get("/runs/" + run + "/preparation")
                .then()
                .statusCode(200)
                .body("pictures.fate.place.fileName", equalTo(List.of("a.png", "b.png")))
                .body("pictures[1].fate.place.bucket.width", equalTo(64))
                .body("plan.area.width", equalTo(64))
                .extract()
                .path("pictures[1].preview");
        get(preview).then().statusCode(200).contentType("image/png");
        get(preview.replace("preview", "trained")).then().statusCode(200).contentType("image/png");
        get(preview.replace("b.png", "c.png"))
                .then()
                .statusCode(404)
                .body("detail", startsWith("run '%s' has no prepared picture 'c.png'".formatted(run)));
    }

    @Test
    void aTriggerIsScoredByTheVocabularyOfABase() {
        get("/triggers?word=ohwx&base=tiny&classNoun=woman")
                .then()
                .statusCode(200)
                .body("verdict", equalTo("GOOD"))
                .body("tokens", equalTo(1))
                .body("room", equalTo(75))
                .body("proposals", hasSize(8));
        get("/triggers?word=dog&base=tiny")
                .then()
                .statusCode(200)
                .body("verdict", equalTo("BAD"))
                .body("reason", startsWith("the trigger 'dog' is an ordinary word"));
        get("/triggers?word=dog&base=nowhere")
                .then()
                .statusCode(200)
                .body(
                        "reason",
                        containsString("(base 'nowhere' is not at this service; this is by the vocabulary of CLIP"));
        get("/triggers").then().statusCode(400).body("detail", startsWith("a trigger has 1 to "));
    }

    private static ValidatableResponse planned(String body) {
        return given().contentType("application/json").body(body).post("/plans").then();
    }

    @Test
    void healthMetricsAndInterfaceAreThere() {
        get("/q/health/ready").then().statusCode(200);
        get("/q/metrics").then().statusCode(200).body(containsString("kafka_consumer"));
        get("/q/openapi").then().statusCode(200);
    }

    private DatasetOf pictures(Recipe wanted) {
        return new DatasetOf(store, run, wanted).picture("a.png", 64, 64, null).picture("b.png", 128, 128, null);
    }

    private ClassPicturesRendered drawn(ClassPicturesRequested request) {
        List<ClassPicture> pictures = new ArrayList<>();
        ClassBatch batch = request.batches().get(0);
        for (int i = 0; i < batch.count(); i++) {
            long seed = request.seed() + i;
            String key = ObjectKeys.classPicture("tiny", request.prompt(), batch.size(), 1, 1, "ddim", seed);
            byte[] png = DatasetOf.png(batch.size().width(), batch.size().height());
            ObjectRef ref = store.put(key, png, "image/png");
            pictures.add(new ClassPicture(ref, request.prompt(), batch.size(), seed));
        }
        return new ClassPicturesRendered(run, request.name(), pictures, 1, Instant.now());
    }

    private RunEvents events() {
        return new RunEvents(bootstrapServers, run, PATIENCE);
    }
}
