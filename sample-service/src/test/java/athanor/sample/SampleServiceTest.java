package athanor.sample;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.PictureFate;
import athanor.contracts.dataset.TrainingPlan;
import athanor.contracts.events.ClassPicturesRendered;
import athanor.contracts.events.LoraTrained;
import athanor.contracts.events.ProofRendered;
import athanor.contracts.events.RunCommand;
import athanor.contracts.events.RunSnapshot;
import athanor.contracts.events.SamplesRendered;
import athanor.contracts.events.Topics;
import athanor.contracts.json.Json;
import athanor.contracts.plan.PlanView;
import athanor.contracts.rest.RunPreparation;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import athanor.pictures.Pixels;
import athanor.shell.EventPublisher;
import athanor.shell.RunEndings;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.teststack.RunEvents;
import athanor.teststack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The whole service between a real broker and a real store; the test plays the other services. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class SampleServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Inject
    EventPublisher publisher;

    @Inject
    ObjectStore store;

    @Inject
    RunEndings endings;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private final RunId run = RunId.fresh("sample", new Random());

    @Test
    void saysWhichFileABaseIs() {
        get("/base-models?name=sd1")
                .then()
                .statusCode(200)
                .body("path", endsWith("sd1"))
                .body("family", equalTo("SD1"))
                .body("sha256", matchesPattern("[0-9a-f]{64}"));
        get("/base-models?name=sd9").then().statusCode(404).body("detail", containsString("no base model 'sd9'"));
        get("/base-models?name=/etc/passwd")
                .then()
                .statusCode(404)
                .body("detail", containsString("none of the folders"));
    }

    @Test
    void aPictureIsShownAsTheAutoencoderGivesItBack() throws IOException {
        BufferedImage picture = new BufferedImage(64, 32, BufferedImage.TYPE_INT_RGB);
        ObjectRef prepared = store.put(ObjectKeys.preparedPicture(run, "a"), Pixels.png(picture), "image/png");
        Size size = new Size(64, 32);
        PictureFate fate = new PictureFate(
                "a".repeat(64),
                new PlanView.Picture("one.png", size, size, 1, 1, null, 0, null, null, null),
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                prepared);
        store.put(
                ObjectKeys.preparation(run),
                Json.bytes(new RunPreparation(
                        run,
                        RandomBase.NAME,
                        "0".repeat(64),
                        new TrainingPlan(size, List.of(), List.of()),
                        List.of(new RunPreparation.Prepared(fate, "/")),
                        List.of())),
                "application/json");
        String address = "/runs/%s/preparation/%s/as-the-model-sees-it";

        BufferedImage seen = ImageIO.read(new ByteArrayInputStream(get(address.formatted(run, "one.png"))
                .then()
                .statusCode(200)
                .extract()
                .asByteArray()));

        assertThat(seen.getWidth()).isEqualTo(64);
        assertThat(seen.getHeight()).isEqualTo(32);
        get(address.formatted(run, "two.png"))
                .then()
                .statusCode(404)
                .body("detail", containsString("trains on no picture 'two.png'"));
        get(address.formatted("nobody-1", "one.png"))
                .then()
                .statusCode(404)
                .body("detail", containsString("are not prepared yet"));
    }

    @Test
    void classPicturesAreDrawnOnRequest() {
        publisher.publish(
                new SampleFacts(store, run, RandomBase.NAME).classPictures(2), "preprocess/class-pictures", 1);

        ClassPicturesRendered rendered = events().first(Topics.CLASS_PICTURES, ClassPicturesRendered.class);

        assertThat(rendered.pictures()).hasSize(3);
        assertThat(store.read(rendered.pictures().get(0).picture())).isNotEmpty();
    }

    @Test
    void aFinishedLoraFinishesTheRun() {
        LoraTrained trained = new SampleFacts(store, run, RandomBase.NAME).trained();

        publisher.publish(trained, "train/lora", 10);

        SamplesRendered rendered =
                events().first(Topics.SAMPLES_RENDERED, SamplesRendered.class, SamplesRendered::last);
        RunState.Finished finished =
                (RunState.Finished) events().state(RunState.Finished.class).state();
        assertThat(finished.contactSheet()).isEqualTo(rendered.contactSheet());
        assertThat(finished.lora()).isEqualTo(trained.lora());
        assertThat(events().state(RunState.Rendering.class).name()).isEqualTo("anna");
        get("/pictures/" + rendered.contactSheet().key()).then().statusCode(200).contentType("image/png");
    }

    @Test
    void aFinishedLoraIsMeasuredBeforeTheRunIsFinished() {
        SampleFacts facts = new SampleFacts(store, run, RandomBase.NAME);
        facts.prepared(4);
        LoraTrained trained = facts.trainedLong();

        publisher.publish(trained, "train/lora", 10);

        RunState.Finished finished =
                (RunState.Finished) events().state(RunState.Finished.class).state();
        ProofRendered proof = events().first(Topics.PROOFS, ProofRendered.class);
        assertThat(proof.recommended().step()).isEqualTo(trained.steps());
        assertThat(store.read(proof.page())).isNotEmpty();
        assertThat(finished.contactSheet().key()).endsWith("contact-sheet-with-proof.png");
        assertThat(store.read(finished.contactSheet())).isNotEmpty();
    }

    @Test
    void aLongProofDoesNotHoldUpThePicturesOfOtherRuns() {
        SampleFacts facts = new SampleFacts(store, run, RandomBase.NAME);
        facts.prepared(4);
        publisher.publish(
                facts.trained(facts.recipe().with("proof", "full").with("samples.steps", "100")), "train/lora", 10);
        events().first(Topics.SAMPLES_RENDERED, SamplesRendered.class, SamplesRendered::last);

        RunId other = RunId.fresh("other", new Random());
        publisher.publish(new SampleFacts(store, other, RandomBase.NAME).trained(), "train/lora", 10);

        new RunEvents(bootstrapServers, other, PATIENCE)
                .first(Topics.SAMPLES_RENDERED, SamplesRendered.class, SamplesRendered::last);
        assertThat(events().all(Topics.PROOFS)).as("the long proof goes on").isEmpty();
        publisher.publish(new RunCommand.CancelRun(run, Instant.now()), "command/CancelRun", 1);
        events().state(RunState.Cancelled.class);
        new RunEvents(bootstrapServers, other, PATIENCE).state(RunState.Finished.class);
    }

    @Test
    void aRunWithAnUnknownBaseFailsWithTheNamesThatAreKnown() {
        publisher.publish(new SampleFacts(store, run, "no-such-base").classPictures(1), "preprocess/class-pictures", 1);

        RunState.Failed failed =
                (RunState.Failed) events().state(RunState.Failed.class).state();

        assertThat(failed.reason()).isEqualTo(FailureReason.UNKNOWN_BASE_MODEL);
        assertThat(failed.evidence()).contains("no-such-base").contains(RandomBase.NAME);
        assertThat(events().state(RunState.Failed.class).name()).isEqualTo("anna");
    }

    @Test
    void aRunThatIsCancelledWhileItIsDrawnEndsThereAndShowsNothing() {
        SampleFacts facts = new SampleFacts(store, run, RandomBase.NAME);
        LoraTrained trained =
                facts.trained(facts.recipe().with("samples.steps", "100").with("samples.picturesPerPrompt", "16"));
        publisher.publish(trained, "train/lora", 10);
        events().state(RunState.Rendering.class);

        publisher.publish(new RunCommand.CancelRun(run, Instant.now()), "command/CancelRun", 1);

        events().state(RunState.Cancelled.class);
        publisher.publish(trained, "train/lora", 10); // a second delivery
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(events().all(Topics.RUN_STATE).stream()
                                .map(record -> Json.read(record.value(), RunSnapshot.class)
                                        .state()
                                        .name()))
                        .containsExactly("Rendering", "Cancelled", "Cancelled"));
        assertThat(events().all(Topics.SAMPLES_RENDERED)).isEmpty();
    }

    @Test
    void classPicturesOfACancelledRunAreNotAnnounced() {
        publisher.publish(new RunCommand.CancelRun(run, Instant.now()), "command/CancelRun", 1);
        await().atMost(PATIENCE).until(() -> endings.isCancelled(run));

        publisher.publish(
                new SampleFacts(store, run, RandomBase.NAME).classPictures(2), "preprocess/class-pictures", 1);

        assertThat(events().state(RunState.Cancelled.class).name()).isEqualTo("anna");
        assertThat(events().all(Topics.CLASS_PICTURES)).as("the request alone").hasSize(1);
    }

    @Test
    void picturesCanBeAskedForByRest() {
        String key = given().contentType("application/json")
                .body(Map.of(
                        "baseModel",
                        RandomBase.NAME,
                        "prompt",
                        "a photo",
                        "steps",
                        1,
                        "count",
                        2,
                        "size",
                        Map.of("width", 32, "height", 32)))
                .post("/samples")
                .then()
                .statusCode(200)
                .body("samples", hasSize(2))
                .extract()
                .path("samples[0].picture.key");

        byte[] png = get("/pictures/" + key).then().statusCode(200).extract().asByteArray();
        assertThat(png).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void guardsAnswerBeforeAnythingIsDrawn() {
        new SampleFacts(store, run, RandomBase.NAME).trained();

        given().contentType("application/json")
                .body(Map.of(
                        "baseModel",
                        RandomBase.NAME,
                        "prompt",
                        "full body <lora:%s:0.5>".formatted(run),
                        "size",
                        Map.of("width", 64, "height", 64)))
                .post("/samples/check")
                .then()
                .statusCode(200)
                .body("drawn", equalTo(true))
                .body("prompt", equalTo("full body"))
                .body("guards.rule", contains("SIZE", "FRAMING"))
                .body("guards[0].evidence", containsString("32x32"));
        given().contentType("application/json")
                .body(Map.of("baseModel", RandomBase.NAME, "prompt", "x <lora:nobody:1>"))
                .post("/samples/check")
                .then()
                .statusCode(422)
                .body("detail", containsString("there is no LoRA 'nobody'"));
        assertThat(store.list(ObjectKeys.samples(run))).isEmpty();
    }

    @Test
    void whatALoraDrawsLiesWithItsRunAndIsDrawnOnce() {
        new SampleFacts(store, run, RandomBase.NAME).trained();

        String key = sampleOfTheRun()
                .header("Idempotency-Replayed", nullValue())
                .extract()
                .path("samples[0].picture.key");

        assertThat(key).startsWith(ObjectKeys.samples(run));
        get("/pictures/" + key).then().statusCode(200).contentType("image/png");
        sampleOfTheRun().header("Idempotency-Replayed", "true").body("samples[0].picture.key", equalTo(key));
    }

    private ValidatableResponse sampleOfTheRun() {
        return given().header("Idempotency-Key", run.value())
                .contentType("application/json")
                .body(Map.of(
                        "baseModel",
                        RandomBase.NAME,
                        "loras",
                        List.of(Map.of("runId", run.value())),
                        "prompt",
                        "a photo",
                        "steps",
                        1,
                        "size",
                        Map.of("width", 32, "height", 32)))
                .post("/samples")
                .then()
                .statusCode(200);
    }

    @Test
    void wrongRequestsGetASentence() {
        given().contentType("application/json")
                .body(Map.of("baseModel", "no-such-base", "prompt", "x"))
                .post("/samples")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("no-such-base"));
        given().contentType("application/json")
                .body(Map.of("baseModel", RandomBase.NAME))
                .post("/samples")
                .then()
                .statusCode(422)
                .body("detail", containsString("prompt is missing"));
        given().contentType("application/json")
                .body(Map.of("baseModel", RandomBase.NAME, "prompt", "x", "lora", "anna"))
                .post("/samples")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body(
                        "detail",
                        containsString("there is no 'lora', the nearest is 'loras'; known are baseModel, loras"));
        given().contentType("application/json")
                .body("{\"baseModel\": \"x\", \"sampler\": \"magic\"}")
                .post("/samples")
                .then()
                .statusCode(400)
                .body("detail", containsString("sampler"));
        get("/pictures/runs/%s/loras/anna.safetensors".formatted(run)).then().statusCode(404);
    }

    @Test
    void healthMetricsAndInterfaceAreThere() {
        get("/q/health/ready").then().statusCode(200);
        get("/q/metrics").then().statusCode(200).body(containsString("kafka_consumer"));
        get("/q/openapi").then().statusCode(200).body(containsString("/samples"));
    }

    private RunEvents events() {
        return new RunEvents(bootstrapServers, run, PATIENCE);
    }
}
