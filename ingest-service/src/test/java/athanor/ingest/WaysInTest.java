package athanor.ingest;

import static athanor.ingest.Calls.open;
import static athanor.ingest.Calls.upload;
import static athanor.ingest.Photos.photo;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.dataset.DatasetManifest;
import athanor.contracts.dataset.PictureSource;
import athanor.contracts.events.DatasetAccepted;
import athanor.contracts.events.RunRequested;
import athanor.contracts.events.Topics;
import athanor.contracts.json.Json;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.RunId;
import athanor.shell.EventPublisher;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.teststack.RunEvents;
import athanor.teststack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
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
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The ways by which pictures become those of a run besides an upload, and requests that are sent again. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class WaysInTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Recipe RECIPE = Recipe.defaults("tiny", "woman");
    private static final String KEY = "Idempotency-Key";
    private static final String REPLAYED = "Idempotency-Replayed";

    @Inject
    EventPublisher publisher;

    @Inject
    ObjectStore store;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    /** Another name of the store than the one that the service itself uses. */
    @ConfigProperty(name = "athanor.store.public-endpoint")
    String publicEndpoint;

    private static ValidatableResponse post(String body) {
        return given().contentType("application/json").body(body).post("/runs").then();
    }

    private static ValidatableResponse post(String key, String body) {
        return given().header(KEY, key)
                .contentType("application/json")
                .body(body)
                .post("/runs")
                .then();
    }

    private DatasetManifest manifestOf(String run) {
        DatasetAccepted event = new RunEvents(bootstrapServers, new RunId(run), PATIENCE)
                .first(Topics.DATASET_ACCEPTED, DatasetAccepted.class);
        return Json.read(store.read(event.manifest()), DatasetManifest.class);
    }

    @Test
    void aRequestThatIsSentAgainGetsItsFirstAnswer() {
        String key = UUID.randomUUID().toString();
        String run = post(key, "{\"name\": \"once\"}")
                .statusCode(201)
                .header(REPLAYED, nullValue())
                .extract()
                .path("runId");

        post(key, "{\"name\": \"once\"}")
                .statusCode(201)
                .header(REPLAYED, "true")
                .header("Location", containsString("/runs/" + run))
                .body("runId", equalTo(run))
                .body("state.type", equalTo("Requested"));
        post(key, "{\"name\": \"other\"}")
                .statusCode(422)
                .contentType("application/problem+json")
                .body("detail", containsString("came with another request before"));
        assertThat(given().get("/runs?limit=500").jsonPath().<String>getList("findAll { it.name == 'once' }.runId"))
                .as("the board may not have heard of it yet")
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void aRequestThatIsSentTwiceAtOnceIsDoneOnceAndBothGetItsAnswer() throws Exception {
        String name = "twice-" + UUID.randomUUID().toString().substring(0, 8);
        String key = UUID.randomUUID().toString();
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService senders = Executors.newFixedThreadPool(4);
        try {
            List<Future<Response>> sent = Stream.generate(() -> senders.submit(() -> {
                        go.await();
                        return post(key, "{\"name\": \"%s\"}".formatted(name))
                                .statusCode(201)
                                .extract()
                                .response();
                    }))
                    .limit(4)
                    .toList();
            go.countDown();
            List<Response> answers = new ArrayList<>();
            for (Future<Response> one : sent) {
                answers.add(one.get(60, TimeUnit.SECONDS));
            }

            assertThat(answers)
                    .extracting(answer -> answer.<String>path("runId"))
                    .containsOnly(answers.get(0).<String>path("runId"));
            assertThat(answers)
                    .filteredOn(answer -> answer.header(REPLAYED) == null)
                    .hasSize(1);
            assertThat(store.list(ObjectKeys.datasets()).stream()
                            .filter(draft -> draft.matches("datasets/%s-[^/]+/draft.json".formatted(name))))
                    .hasSize(1);
        } finally {
            senders.shutdownNow();
        }
    }

    @Test
    void aRefusedRequestLeavesItsKeyFree() {
        String key = UUID.randomUUID().toString();
        post(key, "{\"name\": \"\"}").statusCode(400);

        post(key, "{\"name\": \"named\"}").statusCode(201).header(REPLAYED, nullValue());
    }

    @Test
    void picturesThatAreSentAgainAreAnsweredWithoutBeingLookedAt() {
        String run = open("parts again");
        String key = UUID.randomUUID().toString();

        parts(run, key, photo(1, "jpg")).statusCode(200).header(REPLAYED, nullValue());
        given().post("/runs/" + run + "/start").then().statusCode(202);

        parts(run, key, photo(1, "jpg"))
                .statusCode(200)
                .header(REPLAYED, "true")
                .body("verdicts[0].accepted", equalTo(true));
        parts(run, key, photo(2, "jpg")).statusCode(422);
    }

    private static ValidatableResponse parts(String run, String key, byte[] picture) {
        return given().header(KEY, key)
                .multiPart("pictures", "1.jpg", picture, "image/jpeg")
                .post("/runs/" + run + "/pictures")
                .then();
    }

    @Test
    void aCloneBeginsWithThePicturesAndTheRecipeOfTheOther() {
        String first = open("first");
        upload(first, "1.jpg", photo(1, "jpg")).statusCode(200);
        upload(first, "2.png", photo(2, "png")).statusCode(200);

        String clone = post("{\"cloneOf\": \"%s\", \"recipe\": {\"training\": {\"steps\": 7}}}".formatted(first))
                .statusCode(201)
                .body("name", equalTo("first"))
                .body("recipe.training.steps", equalTo(7))
                .body("recipe.subject.classNoun", equalTo("woman"))
                .body("pictures.accepted", equalTo(2))
                .extract()
                .path("runId");
        given().get("/runs/" + clone + "/pictures")
                .then()
                .body("fileName", contains("1.jpg", "2.png"))
                .body("caption", contains("in a park", "in a park"));

        given().post("/runs/" + clone + "/start").then().statusCode(202);
        AcceptedPicture picture = manifestOf(clone).accepted().get(0);
        assertThat(picture.original().key()).contains(clone);
        assertThat(store.read(picture.original())).isEqualTo(photo(1, "jpg"));
    }

    @Test
    void whatCannotBeClonedIsRefused() {
        String empty = open("no pictures");

        post("{\"cloneOf\": \"%s\"}".formatted(empty))
                .statusCode(422)
                .body("detail", containsString("has accepted no pictures"));
        post("{\"cloneOf\": \"nobody-1\"}").statusCode(404);
    }

    private RunId requestAllIn(PictureSource source) {
        RunId run = RunId.fresh("found", new Random());
        publisher.publish(new RunRequested(run, "Found", List.of(), source, RECIPE, Instant.now()), "test", 1);
        return run;
    }

    @Test
    void anEventNamesABucketAndAPrefix() {
        String prefix = "incoming/" + UUID.randomUUID() + "/";
        store.put(prefix + "a.jpg", photo(1, "jpg"), "image/jpeg");
        store.put(prefix + "a.txt", "in a park".getBytes(UTF_8), "text/plain");
        store.put(prefix + "more/a.jpg", photo(2, "jpg"), "image/jpeg");
        store.put(prefix + "b.jpg", "no picture".getBytes(UTF_8), "image/jpeg");
        store.put(prefix + "notes.pdf", new byte[] {1}, "application/pdf");

        DatasetManifest manifest = manifestOf(
                requestAllIn(new PictureSource(store.bucket(), prefix)).value());

        assertThat(manifest.accepted()).hasSize(2);
        assertThat(manifest.accepted())
                .extracting(AcceptedPicture::caption)
                .containsExactlyInAnyOrder("in a park", null);
        assertThat(manifest.rejected())
                .singleElement()
                .satisfies(picture -> assertThat(picture.fileName()).isEqualTo("b.jpg"));
    }

    @Test
    void aPlaceWithoutPicturesFailsItsRun() {
        RunId nothing = requestAllIn(new PictureSource(store.bucket(), "incoming/nothing/"));
        RunId noBucket = requestAllIn(new PictureSource("no-such-bucket", ""));

        awaitFailure(nothing, "NO_USABLE_PICTURES");
        awaitFailure(noBucket, "OBJECT_MISSING_OR_DAMAGED");
    }

    private static void awaitFailure(RunId run, String reason) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/runs/" + run)
                        .then()
                        .body("state.type", equalTo("Failed"))
                        .body("state.reason", equalTo(reason)));
    }

    @Test
    void whatIsPutToASignedAddressIsCheckedAsAllOthers() throws Exception {
        String run = open("signed");
        URI first = address(run, "1.jpg");
        URI second = address(run, "2.png");
        URI third = address(run, "3.jpg");
        assertThat(first.toString()).startsWith(publicEndpoint + "/");
        assertThat(put(first, photo(1, "jpg"))).isEqualTo(200);
        assertThat(put(third, "no picture".getBytes(UTF_8))).isEqualTo(200);

        given().post("/runs/" + run + "/pictures/uploaded")
                .then()
                .statusCode(200)
                .body("verdicts.fileName", contains("1.jpg", "3.jpg"))
                .body("verdicts.accepted", contains(true, false))
                .body("verdicts[0].caption", equalTo("in a park"))
                .body("skipped.fileName", contains("2.png"))
                .body("skipped[0].reason", equalTo("has not been put to its address yet"));
        given().get("/runs/" + run + "/pictures").then().body("$", hasSize(2));

        assertThat(put(second, photo(2, "png"))).isEqualTo(200);
        given().post("/runs/" + run + "/start").then().statusCode(202);
        assertThat(manifestOf(run).accepted())
                .extracting(AcceptedPicture::fileName)
                .containsExactly("1.jpg", "2.png");
    }

    private static URI address(String run, String fileName) {
        return URI.create(given().queryParam("caption", "in a park")
                .post("/runs/{id}/pictures/{fileName}/upload-url", run, fileName)
                .then()
                .statusCode(201)
                .body("method", equalTo("PUT"))
                .extract()
                .path("url"));
    }

    private static int put(URI address, byte[] bytes) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
