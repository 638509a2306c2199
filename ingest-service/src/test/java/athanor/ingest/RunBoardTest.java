package athanor.ingest;

import static athanor.ingest.Calls.awaitState;
import static athanor.ingest.Photos.photo;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.TrainingPlan;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.events.LoraTrained;
import athanor.contracts.events.RunCommand;
import athanor.contracts.events.RunEvent;
import athanor.contracts.events.Topics;
import athanor.contracts.events.TrainingProgressed;
import athanor.contracts.json.Json;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import athanor.contracts.run.WorkerSeen;
import athanor.shell.EventPublisher;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.teststack.RunEvents;
import athanor.teststack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What is shown of a run while the services tell of it, and the commands that it takes. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class RunBoardTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Recipe RECIPE = Recipe.defaults("tiny", "woman");

    @Inject
    EventPublisher publisher;

    @Inject
    ObjectStore store;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @TestHTTPResource("/runs")
    URI runs;

    private <T extends RunEvent> T event(String topic, String run, Class<T> type) {
        return new RunEvents(bootstrapServers, new RunId(run), PATIENCE).first(topic, type);
    }

    @Test
    void theBoardFollowsARunToItsEnd() throws Exception {
        RunId run = RunId.fresh("board", new Random());
        byte[] weights = "weights".getBytes(UTF_8);
        ObjectRef lora =
                store.put("runs/%s/loras/board.safetensors".formatted(run), weights, "application/octet-stream");
        ObjectRef sheet = store.put("runs/%s/samples/10/sheet.png".formatted(run), photo(5, "png"), "image/png");
        publisher.publishState(run, "Board", new RunState.Training(0, 10, 1));
        awaitState(run.value(), "Training");
        given().get("/runs/" + run + "/lora")
                .then()
                .statusCode(404)
                .body("detail", containsString("has no LoRA yet, it is Training"));
        HttpResponse<java.util.stream.Stream<String>> events = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(runs + "/" + run + "/events"))
                                .build(),
                        HttpResponse.BodyHandlers.ofLines());

        publisher.publish(
                new TrainingProgressed(run, 1, 4, 10, 0.5, 0.25, 1e-3, 0.1, 1_000, 0.6, Instant.now()), "train", 4);
        publisher.publishState(run, "Board", new RunState.Preparing());
        publisher.publish(
                new LoraTrained(
                        run, "Board", 1, 10, lora, List.of(new Size(64, 64)), 0.4, 0.2, 1.5, RECIPE, Instant.now()),
                "train/lora",
                1);
        publisher.publishState(run, "Board", new RunState.Rendering());
        publisher.publishState(run, "Board", new RunState.Finished(lora, sheet));

        awaitState(run.value(), "Finished");
        assertThat(events.body().filter(line -> line.startsWith("data:")).toList())
                .anyMatch(line -> line.contains("\"Training\""))
                .last()
                .asString()
                .contains("\"Finished\"");
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/runs/" + run + "/report")
                        .then()
                        .body("training.steps", equalTo(10))
                        .body("stages.state", equalTo(List.of("Training", "Rendering", "Finished"))));
        given().get("/runs/" + run).then().body("progress.step", equalTo(4)).body("progress.etaSeconds", equalTo(0.0f));
        given().get("/loras")
                .then()
                .statusCode(200)
                .body("find { it.runId == '%s' }.training.steps".formatted(run), equalTo(10))
                .body("find { it.runId == '%s' }.lora.key".formatted(run), equalTo(lora.key()));
        assertThat(given().get("/runs/" + run + "/lora").asByteArray()).isEqualTo(weights);
        assertThat(given().get("/runs/" + run + "/contact-sheet").asByteArray()).isEqualTo(photo(5, "png"));
        given().delete("/runs/" + run).then().statusCode(409).body("detail", containsString("is over (Finished)"));
        given().get("/runs").then().body("runId", org.hamcrest.Matchers.hasItem(run.value()));
    }

    @Test
    void thePlanIsReportedWhileClassPicturesAreDrawn() {
        RunId run = RunId.fresh("planned", new Random());
        publisher.publishState(run, "P", new RunState.Preparing());
        awaitState(run.value(), "Preparing");
        given().get("/runs/" + run + "/report").then().statusCode(200).body("plan", nullValue());
        TrainingPlan plan = new TrainingPlan(new Size(64, 96), List.of(), List.of("only 3 pictures"));

        store.put(ObjectKeys.pendingDataset(run), Json.bytes(Map.of("plan", plan)), "application/json");

        given().get("/runs/" + run + "/report")
                .then()
                .body("plan.area.height", equalTo(96))
                .body("plan.warnings", equalTo(List.of("only 3 pictures")));
    }

    @Test
    void aCommandIsSentToWhoeverHoldsTheRun() {
        RunId run = RunId.fresh("commanded", new Random());
        publisher.publishState(run, "C", new RunState.Training(0, 10, 1));
        awaitState(run.value(), "Training");

        given().post("/runs/%s/commands/stop-and-keep".formatted(run)).then().statusCode(202);
        given().post("/runs/%s/commands/resume".formatted(run))
                .then()
                .statusCode(409)
                .body("detail", containsString("needs a run that is Paused or Failed, this one is Training"));
        given().post("/runs/%s/commands/dance".formatted(run)).then().statusCode(404);
        given().post("/runs/%s/commands/pause".formatted(run)).then().statusCode(202);
        given().post("/runs/%s/commands/resume".formatted(run)).then().statusCode(202);
        given().post("/runs/%s/commands/resume".formatted(run)).then().statusCode(409);

        assertThat(event(Topics.RUN_COMMANDS, run.value(), RunCommand.StopAndKeep.class))
                .isNotNull();
    }

    @Test
    void aFailedRunHandsOverItsLastCheckpointAndIsResumedByOneCommand() {
        RunId run = RunId.fresh("failed", new Random());
        publisher.publishState(run, "F", new RunState.Training(0, 10, 1));
        publisher.publishState(run, "F", RunState.Failed.of(FailureReason.DIVERGED, "the loss was NaN at step 7"));
        awaitState(run.value(), "Failed");
        given().get("/runs/" + run + "/lora")
                .then()
                .statusCode(404)
                .body("detail", containsString("left no checkpoint"));
        given().post("/runs/%s/commands/resume".formatted(run))
                .then()
                .statusCode(409)
                .body("detail", containsString("failed before its training began"));

        store.put(ObjectKeys.checkpoint(run, 1, 9, "lora.safetensors"), "torn".getBytes(UTF_8), "x/y");
        store.put(ObjectKeys.checkpoint(run, 1, 6, "lora.safetensors"), "good".getBytes(UTF_8), "x/y");
        store.put(ObjectKeys.checkpoint(run, 1, 6, "commit.json"), "{}".getBytes(UTF_8), "x/y");
        store.put(ObjectKeys.lease(run), "{}".getBytes(UTF_8), "application/json");
        assertThat(given().get("/runs/" + run + "/lora").asString()).isEqualTo("good");

        given().post("/runs/%s/commands/resume".formatted(run)).then().statusCode(202);

        awaitState(run.value(), "Queued");
        assertThat(event(Topics.RUN_COMMANDS, run.value(), RunCommand.ResumeRun.class))
                .isNotNull();
        publisher.publishState(run, "F", new RunState.Training(0, 10, 2));
        awaitState(run.value(), "Training");
    }

    @Test
    void theRunsComeInPages() {
        for (int i = 0; i < 3; i++) {
            RunId run = RunId.fresh("page", new Random());
            publisher.publishState(run, "P", new RunState.Requested());
            awaitState(run.value(), "Requested");
        }
        List<String> seen = new ArrayList<>();
        String next = "/runs?limit=2";
        while (next != null) {
            Response page = given().get(next);
            List<String> ids = page.jsonPath().getList("runId");
            assertThat(ids).hasSizeBetween(1, 2);
            seen.addAll(ids);
            String link = page.header("Link");
            next = link == null ? null : link.substring(1, link.indexOf('>'));
        }

        assertThat(seen).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(3);
        given().get("/runs?limit=0").then().statusCode(400).body("detail", containsString("limit must be 1 to 500"));
        given().get("/runs?after=no-such-run").then().statusCode(404);
    }

    @Test
    void aRunWhoseMemoryClassNobodyServesSaysSo() {
        RunId run = RunId.fresh("waits", new Random());
        ObjectRef dataset = new ObjectRef("athanor", "runs/%s/prepared/dataset.json".formatted(run), 1, "0".repeat(64));
        DatasetPrepared event = new DatasetPrepared(run, "W", dataset, MemoryClass.G80, 1, RECIPE, Instant.now());
        store.put(ObjectKeys.datasetAnnounced(run), Json.bytes(event), "application/json");
        WorkerSeen worker = new WorkerSeen("small", List.of(MemoryClass.CPU), null, null, Instant.now());
        store.put(ObjectKeys.worker("small"), Json.bytes(worker), "application/json");
        publisher.publishState(run, "W", new RunState.Queued());

        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/runs/" + run)
                        .then()
                        .body(
                                "waitsFor",
                                containsString("memory class g80, which no train-service serves (small serves cpu)")));

        publisher.publishState(run, "W", new RunState.Training(0, 10, 1));
        awaitState(run.value(), "Training");
        given().get("/runs/" + run).then().body("waitsFor", org.hamcrest.Matchers.nullValue());
    }
}
