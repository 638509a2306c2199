package athanor.ingest;

import static athanor.ingest.Photos.photo;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.DatasetManifest;
import athanor.contracts.dataset.RequestedPicture;
import athanor.contracts.events.DatasetAccepted;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.events.EventType;
import athanor.contracts.events.LoraTrained;
import athanor.contracts.events.RunCommand;
import athanor.contracts.events.RunEvent;
import athanor.contracts.events.RunRequested;
import athanor.contracts.events.RunSnapshot;
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
import athanor.store.Sha256;
import athanor.teststack.RunEvents;
import athanor.teststack.StackResource;
import athanor.teststack.TopicReader;
import athanor.teststack.TopicWriter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The whole service with a real broker and a real store. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class IngestTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** As application.properties of the tests says. */
    private static final int MOST_PICTURES = 20;

    private static final Recipe RECIPE = Recipe.defaults("tiny", "woman");

    @Inject
    EventPublisher publisher;

    @Inject
    ObjectStore store;

    @Inject
    Drafts drafts;

    @Inject
    UnfinishedStarts unfinishedStarts;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @TestHTTPResource("/runs")
    URI runs;

    private static String open(String name) {
        return given().contentType("application/json")
                .body("{\"name\": \"%s\", \"recipe\": {\"subject\": {\"classNoun\": \"woman\"}}}".formatted(name))
                .post("/runs")
                .then()
                .statusCode(201)
                .body("state.type", equalTo("Requested"))
                .extract()
                .path("runId");
    }

    private static ValidatableResponse upload(String run, String fileName, byte[] bytes) {
        return given().contentType("application/octet-stream")
                .queryParam("caption", "in a park")
                .body(bytes)
                .put("/runs/{id}/pictures/{fileName}", run, fileName)
                .then();
    }

    private <T extends RunEvent> T event(String topic, String run, Class<T> type) {
        return new RunEvents(bootstrapServers, new RunId(run), PATIENCE).first(topic, type);
    }

    private static void awaitState(String run, String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/runs/" + run).then().body("state.type", equalTo(state)));
    }

    @Test
    void uploadsBecomeAFrozenDataset() {
        String run = open("Anna");
        upload(run, "1.jpg", photo(1, "jpg"))
                .statusCode(200)
                .body("format", equalTo("JPEG"))
                .body("size.width", equalTo(96));
        upload(run, "2.png", photo(2, "png")).statusCode(200).body("caption", equalTo("in a park"));
        upload(run, "2 again.png", photo(2, "png"))
                .statusCode(422)
                .contentType("application/problem+json")
                .body("detail", containsString("the same file as '2.png'"));
        upload(run, "cut.png", Arrays.copyOf(photo(3, "png"), 4000))
                .statusCode(422)
                .body("detail", containsString("is damaged"));
        upload(run, "notes.txt", "hello".getBytes(UTF_8)).statusCode(422).body("detail", containsString("no picture"));
        given().get("/runs/" + run + "/pictures").then().body("$", hasSize(5));

        given().post("/runs/" + run + "/start").then().statusCode(202);

        DatasetAccepted event = event(Topics.DATASET_ACCEPTED, run, DatasetAccepted.class);
        assertThat(event.name()).isEqualTo("Anna");
        assertThat(event.accepted()).isEqualTo(2);
        assertThat(event.rejected()).isEqualTo(3);
        assertThat(event.recipe()).isEqualTo(RECIPE);
        DatasetManifest manifest = Json.read(store.read(event.manifest()), DatasetManifest.class);
        assertThat(manifest.accepted())
                .extracting(picture -> picture.fileName())
                .containsExactly("1.jpg", "2.png");
        assertThat(store.read(manifest.accepted().get(0).original())).isEqualTo(photo(1, "jpg"));

        given().post("/runs/" + run + "/start").then().statusCode(202);
        upload(run, "late.png", photo(9, "png")).statusCode(409).body("detail", containsString("has started"));
        awaitState(run, "Validating");
        given().get("/runs/" + run)
                .then()
                .body("pictures.accepted", equalTo(2))
                .body("pictures.rejected", equalTo(3))
                .body("recipe.baseModel", equalTo("tiny"));
    }

    @Test
    void theSameUploadAgainGivesTheSameVerdict() {
        String run = open("twice");

        upload(run, "1.jpg", photo(1, "jpg")).statusCode(200);
        upload(run, "1.jpg", photo(1, "jpg")).statusCode(200);

        given().get("/runs/" + run + "/pictures").then().body("$", hasSize(1));
    }

    @Test
    void otherBytesNeverTakeThePlaceOfAPictureThatWasAccepted() {
        String run = open("replaced");
        upload(run, "1.png", "no picture".getBytes(UTF_8)).statusCode(422);
        upload(run, "1.png", photo(1, "png")).statusCode(200);

        upload(run, "1.png", photo(2, "png"))
                .statusCode(422)
                .body("detail", containsString("'1.png': another picture of this name is in the run already"));
        upload(run, "1.png", "no picture".getBytes(UTF_8)).statusCode(422);

        given().get("/runs/" + run + "/pictures")
                .then()
                .body("$", hasSize(1))
                .body("[0].sha256", equalTo(Sha256.of(photo(1, "png"))));
    }

    @Test
    void namesThatAgreeInTheirBeginningTheirEndOrAllButTheFolderAreDifferentPictures() {
        String run = open("alike");
        String agreeing = "a".repeat(220);
        upload(run, agreeing + "1.png", photo(1, "png")).statusCode(200);
        upload(run, agreeing + "2.png", photo(2, "png")).statusCode(200);
        upload(run, "first/1.png", photo(3, "png")).statusCode(200);
        upload(run, "second/1.png", photo(4, "png")).statusCode(200);
        upload(run, "é.png", photo(5, "png")).statusCode(200);
        upload(run, "e\u0301.png", photo(6, "png")).statusCode(200);
        upload(run, "É.PNG", photo(7, "png")).statusCode(200);

        given().get("/runs/" + run + "/pictures").then().body("findAll { it.accepted }", hasSize(7));
    }

    @Test
    void aPictureBeyondTheLastThatARunTakesIsNamedInItsReport() {
        String run = open("many");
        for (int i = 0; i < MOST_PICTURES; i++) {
            upload(run, i + ".txt", "no picture".getBytes(UTF_8)).statusCode(422);
        }

        upload(run, "late.png", photo(1, "png"))
                .statusCode(422)
                .body("detail", containsString("'late.png': the run has %d pictures already".formatted(MOST_PICTURES)));

        given().get("/runs/" + run + "/pictures").then().body("fileName", hasItem("late.png"));
    }

    @Test
    void aCaptionOfAnyLengthTravelsInABody() throws Exception {
        String run = open("captioned");
        upload(run, "1.png", photo(1, "png")).statusCode(200);
        String caption = "一位女子在公園裡, ".repeat(2000).strip();

        assertThat(caption(run, "1.png", caption.getBytes(UTF_8)).statusCode()).isEqualTo(200);
        given().get("/runs/" + run + "/pictures").then().body("[0].caption", equalTo(caption));

        assertThat(caption(run, "1.png", new byte[0]).statusCode()).isEqualTo(200);
        given().get("/runs/" + run + "/pictures").then().body("[0].caption", nullValue());
    }

    @Test
    void aCaptionThatFillsTheMemoryIsRefused() throws Exception {
        String run = open("book");
        upload(run, "1.png", photo(1, "png")).statusCode(200);

        HttpResponse<String> book = caption(run, "1.png", "x".repeat(900_000).getBytes(UTF_8));

        assertThat(book.statusCode()).isEqualTo(422);
        assertThat(book.body()).contains("the caption has 900000 characters; wanted at most 100000");
    }

    @Test
    void aCaptionThatNobodyCanReadIsRefused() throws Exception {
        String run = open("uncaptioned");
        upload(run, "1.png", photo(1, "png")).statusCode(200);

        HttpResponse<String> utf16 = caption(run, "1.png", "a woman".getBytes(UTF_16LE));
        HttpResponse<String> latin = caption(run, "1.png", "größe".getBytes(ISO_8859_1));
        HttpResponse<String> unknown = caption(run, "2.png", "a woman".getBytes(UTF_8));

        assertThat(utf16.statusCode()).isEqualTo(400);
        assertThat(utf16.body()).contains("UTF-8");
        assertThat(latin.statusCode()).isEqualTo(400);
        assertThat(latin.body()).contains("UTF-8");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("'2.png'");
    }

    private HttpResponse<String> caption(String run, String fileName, byte[] text) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("%s/%s/pictures/%s/caption".formatted(runs, run, fileName)))
                .header("Content-Type", "text/plain")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(text))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aRunWithoutAUsablePictureDoesNotStart() {
        String run = open("empty");
        given().post("/runs/" + run + "/start")
                .then()
                .statusCode(422)
                .body("detail", containsString("upload at least one"));

        upload(run, "x.png", "no".getBytes(UTF_8)).statusCode(422);

        given().post("/runs/" + run + "/start")
                .then()
                .statusCode(422)
                .body("detail", containsString("none of the 1 pictures can be used"));
    }

    /** As if the process had been killed after it wrote the manifest and before it sent the event. */
    @Test
    void aStartThatWasInterruptedIsFinishedByTheNextProcess() {
        String run = open("killed");
        upload(run, "1.jpg", photo(1, "jpg")).statusCode(200);
        RunId id = new RunId(run);
        drafts.freeze(new DatasetManifest(id, List.of(drafts.verdicts(id).get(0).accepted()), List.of()));

        assertThat(unfinishedStarts.finishAll()).isTrue();

        assertThat(event(Topics.DATASET_ACCEPTED, run, DatasetAccepted.class).accepted())
                .isEqualTo(1);
        assertThat(drafts.frozenButNotAnnounced()).doesNotContain(id);
    }

    @Test
    void oneEventDoesWhatOpeningUploadingAndStartingDo() {
        RunId run = RunId.fresh("by-kafka", new Random());
        ObjectRef good = store.put("incoming/" + run + "/a.jpg", photo(4, "jpg"), "image/jpeg");
        ObjectRef other = store.put("incoming/" + run + "/other/a.jpg", photo(5, "jpg"), "image/jpeg");
        ObjectRef gone = new ObjectRef("athanor", "incoming/" + run + "/gone.jpg", 5, "0".repeat(64));
        RunRequested request = new RunRequested(
                run,
                "By Kafka",
                List.of(
                        new RequestedPicture(good, "../a.jpg", null),
                        new RequestedPicture(other, "a.jpg", null),
                        new RequestedPicture(gone, "gone.jpg", null)),
                RECIPE,
                Instant.now());

        publisher.publish(request, "test", 1);
        publisher.publish(request, "test", 1);

        DatasetAccepted event = event(Topics.DATASET_ACCEPTED, run.value(), DatasetAccepted.class);
        DatasetManifest manifest = Json.read(store.read(event.manifest()), DatasetManifest.class);
        assertThat(manifest.accepted())
                .extracting(picture -> picture.fileName())
                .containsExactly("a (2).jpg", "a.jpg");
        assertThat(manifest.rejected().get(0).reason()).contains("gone.jpg does not exist");
        awaitState(run.value(), "Validating");
    }

    /** What a producer wrote by hand: the recipe says what shall differ, as in a request by REST. */
    private void request(RunId run, String name, String recipe) {
        ObjectRef picture = store.put("incoming/" + run + "/a.jpg", photo(6, "jpg"), "image/jpeg");
        String json = """
                {"runId": "%s", "name": "%s", "pictures": [{"object": %s, "fileName": "a.jpg"}], "recipe": %s,
                 "requestedAt": "2026-11-30T12:00:00Z"}""".formatted(run, name, Json.write(picture), recipe);
        TopicWriter.write(
                bootstrapServers,
                TopicWriter.event(Topics.RUN_REQUESTED, run.value(), "athanor.RunRequested.v1", json.getBytes(UTF_8)));
    }

    private String deadLetterReason(RunId run) {
        ConsumerRecord<String, byte[]> letter = TopicReader.first(
                bootstrapServers,
                Topics.deadLetter(Topics.RUN_REQUESTED),
                record -> run.value().equals(record.key()),
                PATIENCE);
        return new String(letter.headers().lastHeader("dead-letter-reason").value(), UTF_8);
    }

    @Test
    void anEventMayBringAPartialRecipeToo() {
        RunId run = RunId.fresh("partial", new Random());

        request(run, "Partial", "{\"subject\": {\"classNoun\": \"woman\"}, \"training\": {\"steps\": 7}}");

        assertThat(event(Topics.DATASET_ACCEPTED, run.value(), DatasetAccepted.class)
                        .recipe())
                .isEqualTo(RECIPE.with("training.steps", "7"));
    }

    @Test
    void aRecipeThatCannotBeReadIsTheEndOfTheRunItCameWith() {
        RunId run = RunId.fresh("stepz", new Random());

        request(run, "Stepz", "{\"training\": {\"stepz\": 7}}");

        awaitState(run.value(), "Failed");
        given().get("/runs/" + run)
                .then()
                .body("state.reason", equalTo("BAD_RECIPE"))
                .body("state.evidence", containsString("recipe.training.stepz: there is no 'stepz'; known are steps"));
        assertThat(deadLetterReason(run)).contains("there is no 'stepz'");
        given().post("/runs/%s/start".formatted(run)).then().statusCode(404);
    }

    @Test
    void anotherRequestUnderTheIdOfARunIsPutAsideAndTheRunGoesOn() {
        RunId run = RunId.fresh("same-id", new Random());
        request(run, "First", "{}");
        awaitState(run.value(), "Validating");

        request(run, "First", "{}");
        request(run, "Second", "{\"training\": {\"steps\": 9}}");

        assertThat(deadLetterReason(run))
                .isEqualTo(
                        "run '%s' was requested before with another name and another recipe; the first request counts, choose another run id"
                                .formatted(run));
        given().get("/runs/" + run)
                .then()
                .body("state.type", equalTo("Validating"))
                .body("name", equalTo("First"));
    }

    @Test
    void garbageUnderTheIdOfALivingRunDoesItNoHarm() {
        RunId run = RunId.fresh("garbage", new Random());
        request(run, "G", "{}");
        awaitState(run.value(), "Validating");

        request(run, "G", "{\"training\": {\"steps\": \"many\"}}");

        assertThat(deadLetterReason(run)).contains("wanted a whole number, got 'many'");
        given().get("/runs/" + run).then().body("state.type", equalTo("Validating"));
    }

    @Test
    void aRequestUnderTheIdOfARunThatWasOpenedByRestIsPutAside() {
        RunId run = new RunId(open("by rest"));

        request(run, "Mine", "{}");

        assertThat(deadLetterReason(run)).contains("there is a run '%s' already".formatted(run));
        given().get("/runs/" + run).then().body("name", equalTo("by rest"));
    }

    @Test
    void aRequestThatCannotBeFulfilledFailsItsRun() {
        RunId empty = RunId.fresh("nothing", new Random());
        RunId unknown = RunId.fresh("sd9", new Random());
        publisher.publish(new RunRequested(empty, "N", List.of(), RECIPE, Instant.now()), "test", 1);
        publisher.publish(
                new RunRequested(unknown, "U", List.of(), RECIPE.with("baseModel", "sd9"), Instant.now()), "test", 1);

        awaitState(empty.value(), "Failed");
        awaitState(unknown.value(), "Failed");
        given().get("/runs/" + empty).then().body("state.reason", equalTo("NO_USABLE_PICTURES"));
        given().get("/runs/" + unknown)
                .then()
                .body("state.reason", equalTo("UNKNOWN_BASE_MODEL"))
                .body("state.evidence", containsString("known are tiny"));
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
        given().get("/runs/" + run).then().body("progress.step", equalTo(4));
        assertThat(given().get("/runs/" + run + "/lora").asByteArray()).isEqualTo(weights);
        assertThat(given().get("/runs/" + run + "/contact-sheet").asByteArray()).isEqualTo(photo(5, "png"));
        given().delete("/runs/" + run).then().statusCode(409).body("detail", containsString("is over (Finished)"));
        given().get("/runs").then().body("runId", org.hamcrest.Matchers.hasItem(run.value()));
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
    void aRunThatNobodyHoldsIsCancelledAtOnce() {
        String run = open("cancelled");

        given().delete("/runs/" + run).then().statusCode(202);

        awaitState(run, "Cancelled");
        assertThat(event(Topics.RUN_COMMANDS, run, RunCommand.CancelRun.class)).isNotNull();
        given().post("/runs/" + run + "/start").then().statusCode(409);
    }

    /** As if the broker had been away and the process had ended before it came back. */
    @Test
    void whatNobodyWasToldOfIsToldByTheNextProcessInItsOrder() {
        RunId run = RunId.fresh("untold", new Random());
        untold(run, "1", "state/Requested", new RunSnapshot(run, "Untold", new RunState.Requested(), Instant.now()));
        untold(run, "2", "command/CancelRun", new RunCommand.CancelRun(run, Instant.now()));
        untold(run, "3", "state/Cancelled", new RunSnapshot(run, "Untold", new RunState.Cancelled(), Instant.now()));
        store.put(ObjectKeys.untoldEvent(run, "0"), "{torn".getBytes(UTF_8), "application/json");

        given().delete("/runs/" + open("any other")).then().statusCode(202);

        assertThat(event(Topics.RUN_COMMANDS, run.value(), RunCommand.CancelRun.class))
                .isNotNull();
        awaitState(run.value(), "Cancelled");
        await().atMost(PATIENCE)
                .until(() -> store.list(ObjectKeys.untoldEvents()).isEmpty());
    }

    private void untold(RunId run, String place, String stage, RunEvent event) {
        UntoldEvents.Note note = new UntoldEvents.Note(EventType.of(event), stage, 1, Json.write(event));
        store.put(ObjectKeys.untoldEvent(run, place), Json.bytes(note), "application/json");
    }

    @Test
    void aCancelledRunStaysCancelledWhateverItsServicesTellLater() {
        RunId run = RunId.fresh("final", new Random());
        ObjectRef object = new ObjectRef("athanor", "runs/%s/x".formatted(run), 1, "0".repeat(64));
        publisher.publishState(run, "F", new RunState.Rendering());
        awaitState(run.value(), "Rendering");

        given().delete("/runs/" + run).then().statusCode(202).body("state.type", equalTo("Cancelled"));
        publisher.publishState(run, "F", new RunState.Finished(object, object));
        publisher.publishState(run, "F", new RunState.Rendering());

        given().get("/runs/" + run).then().body("state.type", equalTo("Cancelled"));
        assertThat(new RunEvents(bootstrapServers, run, PATIENCE).all(Topics.RUN_STATE))
                .last()
                .satisfies(record -> assertThat(
                                Json.read(record.value(), RunSnapshot.class).state())
                        .isEqualTo(new RunState.Cancelled()));
        given().delete("/runs/" + run).then().statusCode(409).body("detail", containsString("is over (Cancelled)"));
    }

    @Test
    void aRunIsAlsoCancelledByAnEventAlone() {
        String run = open("by event");

        publisher.publish(new RunCommand.CancelRun(new RunId(run), Instant.now()), "test", 1);

        awaitState(run, "Cancelled");
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

    @Test
    void badRequestsGetASentence() {
        given().get("/runs/no-such-run").then().statusCode(404).body("detail", containsString("'no-such-run'"));
        given().delete("/runs/no-such-run").then().statusCode(404);
        given().contentType("application/json")
                .body("hello")
                .post("/runs")
                .then()
                .statusCode(400)
                .body("detail", containsString("NewRun cannot be read"));
        given().contentType("application/json")
                .body("{\"recipe\": {}}")
                .post("/runs")
                .then()
                .statusCode(400)
                .body("detail", containsString("a run needs a name"));
        given().contentType("application/json")
                .body("{\"name\": \"A\", \"recipe\": {\"training\": {\"stepz\": 3}}}")
                .post("/runs")
                .then()
                .statusCode(400)
                .body("detail", containsString("stepz"));
        given().contentType("application/json")
                .body("{\"name\": \"A\", \"recipe\": {\"baseModel\": \"sd9\"}}")
                .post("/runs")
                .then()
                .statusCode(422)
                .body("detail", containsString("there is no base model 'sd9'; known are tiny"));
    }

    @Test
    void theInterfaceIsDocumented() {
        given().get("/q/openapi")
                .then()
                .statusCode(200)
                .body(containsString("/runs/{id}/pictures/{fileName}"))
                .body(containsString("application/octet-stream"));
        given().get("/q/health/ready").then().statusCode(org.hamcrest.Matchers.anyOf(equalTo(200), equalTo(503)));
    }
}
