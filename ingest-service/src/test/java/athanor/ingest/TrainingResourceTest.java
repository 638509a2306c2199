package athanor.ingest;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.dataset.DatasetManifest;
import athanor.contracts.dataset.PictureFate;
import athanor.contracts.dataset.TrainingPlan;
import athanor.contracts.json.Json;
import athanor.contracts.plan.PlanView;
import athanor.contracts.rest.RunPreparation;
import athanor.contracts.rest.TrainedStep;
import athanor.contracts.run.RunId;
import athanor.pictures.Pixels;
import athanor.store.CheckpointFolder;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.store.Sha256;
import athanor.teststack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What train-service and sample-service have left in the store, by the address of the run. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class TrainingResourceTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Inject
    ObjectStore store;

    private RunId run;

    @BeforeEach
    void open() {
        run = new RunId(given().contentType("application/json")
                .body("{\"name\": \"trained\"}")
                .post("/runs")
                .then()
                .statusCode(201)
                .extract()
                .<String>path("runId"));
    }

    /** As train-service writes it. */
    private void checkpoint(int attempt, int step) {
        CheckpointFolder folder = new CheckpointFolder(run, attempt, step);
        byte[] weights = "weights %d-%d".formatted(attempt, step).getBytes(UTF_8);
        ObjectRef lora = store.put(folder.lora(), weights, "application/octet-stream");
        String commit = """
            {"runId": "%s", "attempt": %d, "step": %d, "totalSteps": 300, "worker": "w", "lora": %s, "optimizer": %s,
            "trainedSizes": [{"width": 64, "height": 64}], "instanceLoss": 0.1, "priorLoss": 0.05, "seconds": 36,
            "savedAt": "2026-11-23T12:00:00Z", "validation": {"heldOut": 0.08, "classPictures": 0.04, "bands": []}}
            """.formatted(run, attempt, step, Json.write(lora), Json.write(lora));
        store.put(folder.commit(), commit.getBytes(UTF_8), "application/json");
    }

    private void steps(int... numbers) {
        StringBuilder lines = new StringBuilder();
        for (int number : numbers) {
            lines.append(Json.write(new TrainedStep(number, 1, 0.25, 0, 1e-4, 0.5, NOON)))
                    .append('\n');
        }
        store.put(ObjectKeys.trainedSteps(run, 1, "1"), lines.toString().getBytes(UTF_8), "application/jsonl");
    }

    /** As preprocess-service writes it: the right half of a picture of 200x100 is trained on. */
    private void prepared(BufferedImage original) {
        byte[] png = Pixels.png(original);
        String sha256 = Sha256.of(png);
        ObjectRef stored = store.put(ObjectKeys.original(run, sha256), png, "image/png");
        AcceptedPicture accepted =
                new AcceptedPicture(sha256, stored, "one.png", new Size(200, 100), "PNG", null, null);
        store.put(
                ObjectKeys.manifest(run),
                Json.bytes(new DatasetManifest(run, List.of(accepted), List.of())),
                "application/json");
        Size bucket = new Size(100, 100);
        PictureFate fate = new PictureFate(
                sha256,
                new PlanView.Picture("one.png", new Size(200, 100), bucket, 1, 0.5, null, 0.5, null, null, null),
                new PictureFate.Cut(100, 0, 100, 100),
                "a photo of a sks woman",
                PictureFate.CaptionFrom.BUILT,
                null,
                List.of(),
                List.of(),
                stored);
        RunPreparation preparation = new RunPreparation(
                run,
                "tiny",
                "0".repeat(64),
                new TrainingPlan(bucket, List.of(), List.of()),
                List.of(new RunPreparation.Prepared(fate, "/runs/%s/preparation/one.png/preview".formatted(run))),
                List.of());
        store.put(ObjectKeys.preparation(run), Json.bytes(preparation), "application/json");
    }

    @Test
    void whatBecameOfThePicturesIsThereWithAPreview() throws IOException {
        given().get("/runs/{run}/preparation", run.value())
                .then()
                .statusCode(404)
                .body("detail", containsString("are not prepared, it is Requested"));
        BufferedImage white = new BufferedImage(200, 100, BufferedImage.TYPE_INT_RGB);
        white.createGraphics().fillRect(0, 0, 200, 100);
        prepared(white);

        String preview = given().get("/runs/{run}/preparation", run.value())
                .then()
                .statusCode(200)
                .body("baseModel", equalTo("tiny"))
                .body("pictures[0].fate.cut.x", equalTo(100))
                .extract()
                .path("pictures[0].preview");
        BufferedImage drawn = ImageIO.read(new ByteArrayInputStream(
                given().get(preview).then().statusCode(200).extract().asByteArray()));

        assertThat(drawn.getRGB(20, 50) & 255).isLessThan(128);
        assertThat(drawn.getRGB(150, 50) & 255).isGreaterThan(250);
        given().get("/runs/{run}/preparation/one.png/trained", run.value())
                .then()
                .statusCode(200)
                .contentType("image/png");
        given().get("/runs/{run}/preparation/two.png/preview", run.value())
                .then()
                .statusCode(404)
                .body("detail", containsString("has no prepared picture 'two.png'"));
    }

    @Test
    void theLossesOfEveryStepAreThereAsJsonAndAsATable() {
        given().get("/runs/{run}/progress", run.value()).then().statusCode(200).body("$", hasSize(0));
        steps(1, 2, 3);

        given().get("/runs/{run}/progress", run.value())
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("step", contains(1, 2, 3))
                .body("[0].instanceLoss", equalTo(0.25f));
        given().get("/runs/{run}/progress?after=2", run.value()).then().body("step", contains(3));
        assertThat(given().accept("text/csv")
                        .get("/runs/{run}/progress", run.value())
                        .then()
                        .statusCode(200)
                        .contentType(containsString("text/csv"))
                        .extract()
                        .asString())
                .isEqualTo("""
                    step,attempt,instance_loss,prior_loss,learning_rate,seconds,at
                    1,1,0.25,0.0,1.0E-4,0.500,2026-11-23T12:00:00Z
                    2,1,0.25,0.0,1.0E-4,0.500,2026-11-23T12:00:00Z
                    3,1,0.25,0.0,1.0E-4,0.500,2026-11-23T12:00:00Z
                    """);
        given().get("/runs/nobody-1/progress").then().statusCode(404).contentType("application/problem+json");
    }

    /** A reader that was cut off names the last event that it has. */
    @Test
    void theStepsAreEventsAndGoOnAfterTheLastOneThatWasRead() {
        steps(1, 2, 3);
        given().delete("/runs/{run}", run.value()).then().statusCode(202);

        String all = given().get("/runs/{run}/progress/events", run.value())
                .then()
                .statusCode(200)
                .contentType(containsString("text/event-stream"))
                .extract()
                .asString();
        String rest = given().header("Last-Event-ID", "2")
                .get("/runs/{run}/progress/events", run.value())
                .asString();

        assertThat(all.lines().filter(line -> line.startsWith("id:"))).containsExactly("id:1", "id:2", "id:3");
        assertThat(all).contains("\"instanceLoss\":0.25");
        assertThat(rest.lines().filter(line -> line.startsWith("id:"))).containsExactly("id:3");
    }

    @Test
    void whatWasMeasuredOfTheLoraIsThereAsSoonAsItIsStored() {
        given().get("/runs/{run}/proof", run.value())
                .then()
                .statusCode(404)
                .body("detail", containsString("has no proof yet"));
        ObjectRef page = store.put(
                ObjectKeys.proof(run, "proof.md"), "# What it can do".getBytes(UTF_8), "text/markdown; charset=UTF-8");
        store.put(
                ObjectKeys.proof(run, ObjectKeys.PROOF_RESULT),
                Json.bytes(RunCardTest.proof(run, page)),
                "application/json");

        given().get("/runs/{run}/proof", run.value())
                .then()
                .statusCode(200)
                .body("recommended.step", equalTo(200))
                .body("measures.separation", equalTo(0.99f));
        given().get("/runs/{run}/proof/page", run.value())
                .then()
                .statusCode(200)
                .contentType(containsString("text/markdown"))
                .body(equalTo("# What it can do"));
        given().get("/runs/{run}/report", run.value())
                .then()
                .statusCode(200)
                .body("verdicts[0]", containsString("Use the checkpoint of step 200"));
    }

    @Test
    void theCheckpointsAreListedWithWhatTheyHave() {
        checkpoint(1, 100);
        checkpoint(1, 200);
        checkpoint(2, 200);
        store.put(new CheckpointFolder(run, 2, 300).lora(), "torn".getBytes(UTF_8), "application/octet-stream");
        store.put(ObjectKeys.sample(run, 100, "checkpoint-sheet.png"), "png".getBytes(UTF_8), "image/png");

        given().get("/runs/{run}/checkpoints", run.value())
                .then()
                .statusCode(200)
                .body("step", contains(100, 200))
                .body("attempt", contains(1, 2))
                .body("validation.heldOut", contains(0.08f, 0.08f))
                .body("contactSheet", contains(true, false));
        assertThat(given().get("/runs/{run}/checkpoints/200/lora", run.value())
                        .then()
                        .statusCode(200)
                        .header("Content-Disposition", containsString("%s-200.safetensors".formatted(run)))
                        .extract()
                        .asString())
                .isEqualTo("weights 2-200");
        assertThat(given().get("/runs/{run}/checkpoints/100/contact-sheet", run.value())
                        .then()
                        .contentType("image/png")
                        .extract()
                        .asString())
                .isEqualTo("png");
    }

    @Test
    void aCheckpointCanBeHadFromTheStoreItselfForAWhile() {
        checkpoint(1, 100);

        String address = given().get("/runs/{run}/checkpoints/100/lora/download-url", run.value())
                .then()
                .statusCode(200)
                .body("fileName", equalTo("%s-100.safetensors".formatted(run)))
                .body("bytes", equalTo(13))
                .body("sha256", equalTo(Sha256.of("weights 1-100".getBytes(UTF_8))))
                .extract()
                .path("url");

        assertThat(given().urlEncodingEnabled(false)
                        .get(address)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .isEqualTo("weights 1-100");
        given().get("/runs/{run}/checkpoints/200/lora/download-url", run.value())
                .then()
                .statusCode(404)
                .body("detail", equalTo("run '%s' has no checkpoint at step 200; it has 100".formatted(run)));
        given().get("/runs/{run}/lora/download-url", run.value())
                .then()
                .statusCode(404)
                .body("detail", containsString("has no LoRA yet, it is Requested"));
        given().delete("/runs/{run}", run.value()).then().statusCode(202);
        given().get("/runs/{run}/lora/download-url", run.value())
                .then()
                .statusCode(200)
                .body("fileName", equalTo("%s-last-checkpoint.safetensors".formatted(run)));
    }

    @Test
    void ofADroppedCheckpointItIsSaidThatItWas() {
        checkpoint(1, 100);
        checkpoint(1, 200);
        CheckpointFolder folder = new CheckpointFolder(run, 1, 100);
        store.put(folder.dropped(), store.find(folder.commit()).orElseThrow().bytes(), "application/json");
        store.delete(folder.lora());
        store.delete(folder.commit());

        given().get("/runs/{run}/checkpoints", run.value())
                .then()
                .statusCode(200)
                .body("step", contains(100, 200))
                .body("dropped", contains(true, null));
        given().get("/runs/{run}/checkpoints/100/lora", run.value())
                .then()
                .statusCode(404)
                .body(
                        "detail",
                        equalTo("the checkpoint of run '%s' at step 100 was dropped, as its recipe says; kept are 200"
                                .formatted(run)));
    }

    @Test
    void whatAnOperatorCountsIsThere() {
        given().body("no picture".getBytes(UTF_8))
                .contentType("application/octet-stream")
                .put("/runs/{run}/pictures/1.png", run.value())
                .then()
                .statusCode(422);

        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("athanor_runs{state=\"Requested\"}"))
                .body(containsString("athanor_runs_failed{reason=\"DIVERGED\"}"))
                .body(containsString("athanor_ingest_pictures_total{code=\"NO_PICTURE\",verdict=\"refused\"}"));
    }

    @Test
    void whatIsNotThereIsSaidWithWhatIs() {
        checkpoint(1, 100);

        given().get("/runs/{run}/checkpoints/300/lora", run.value())
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", equalTo("run '%s' has no checkpoint at step 300; it has 100".formatted(run)));
        given().get("/runs/{run}/checkpoints/100/contact-sheet", run.value())
                .then()
                .statusCode(404)
                .body("detail", containsString("no test pictures of step 100, or not yet; its checkpoints are 100"));
        given().get("/runs/{run}/checkpoints/soon/lora", run.value())
                .then()
                .statusCode(400)
                .body(
                        "detail",
                        equalTo(
                                "/runs/%s/checkpoints/soon/lora has a value that is no whole number, or one that is too large"
                                        .formatted(run)));
    }
}
