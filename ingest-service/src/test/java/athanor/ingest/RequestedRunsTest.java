package athanor.ingest;

import static athanor.ingest.Calls.awaitState;
import static athanor.ingest.Calls.open;
import static athanor.ingest.Photos.photo;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import athanor.contracts.ObjectRef;
import athanor.contracts.dataset.DatasetManifest;
import athanor.contracts.dataset.RequestedPicture;
import athanor.contracts.events.DatasetAccepted;
import athanor.contracts.events.RunEvent;
import athanor.contracts.events.RunRequested;
import athanor.contracts.events.Topics;
import athanor.contracts.json.Json;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.RunId;
import athanor.shell.EventPublisher;
import athanor.store.ObjectStore;
import athanor.teststack.RunEvents;
import athanor.teststack.StackResource;
import athanor.teststack.TopicReader;
import athanor.teststack.TopicWriter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Runs that begin with an event, and requests that are none or not the first under their id. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class RequestedRunsTest {

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

    @Test
    void aRequestDoesNotWaitForTheManyPicturesOfTheOneBeforeIt() {
        RunId many = RunId.fresh("many", new Random());
        RunId one = RunId.fresh("one", new Random());
        ObjectRef picture = store.put("incoming/" + many + "/a.jpg", photo(7, "jpg"), "image/jpeg");
        List<RequestedPicture> pictures = IntStream.range(0, 100)
                .mapToObj(i -> new RequestedPicture(picture, i + ".jpg", null))
                .toList();

        publisher.publish(new RunRequested(many, "Many", pictures, RECIPE, Instant.now()), "test", 1);
        awaitState(many.value(), "Requested");
        publisher.publish(new RunRequested(one, "One", pictures.subList(0, 1), RECIPE, Instant.now()), "test", 1);

        assertThat(event(Topics.DATASET_ACCEPTED, one.value(), DatasetAccepted.class)
                        .acceptedAt())
                .isBefore(event(Topics.DATASET_ACCEPTED, many.value(), DatasetAccepted.class)
                        .acceptedAt());
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
                .body(
                        "state.evidence",
                        containsString(
                                "recipe.training.stepz: there is no 'stepz', the nearest is 'steps'; known are steps"));
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
}
