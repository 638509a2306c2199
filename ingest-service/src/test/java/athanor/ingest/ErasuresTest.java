package athanor.ingest;

import static athanor.ingest.Photos.photo;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import athanor.contracts.Size;
import athanor.contracts.events.LoraTrained;
import athanor.contracts.events.RunCommand;
import athanor.contracts.events.RunErased;
import athanor.contracts.events.RunRequested;
import athanor.contracts.events.RunSnapshot;
import athanor.contracts.events.Topics;
import athanor.contracts.json.Json;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import athanor.shell.EventPublisher;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.teststack.RunEvents;
import athanor.teststack.StackResource;
import athanor.teststack.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What is left of an erased run in the store, on the topics and for those who ask. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class ErasuresTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Recipe RECIPE = Recipe.defaults("tiny", "woman");

    @Inject
    EventPublisher publisher;

    @Inject
    ObjectStore store;

    @Inject
    Erasures erasures;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private static RunId open(String body) {
        String run = given().contentType("application/json")
                .body(body)
                .post("/runs")
                .then()
                .statusCode(201)
                .extract()
                .path("runId");
        return new RunId(run);
    }

    private static RunId openWithAPicture(String name) {
        RunId run = open("{\"name\": \"%s\"}".formatted(name));
        given().contentType("application/octet-stream")
                .body(photo(1, "jpg"))
                .put("/runs/" + run + "/pictures/1.jpg")
                .then()
                .statusCode(200);
        return run;
    }

    private static ValidatableResponse erase(RunId run) {
        return given().delete("/runs/%s?everything=true".formatted(run)).then();
    }

    private static void awaitDone(RunId run) {
        await().atMost(PATIENCE).untilAsserted(() -> erase(run).statusCode(200).body("done", equalTo(true)));
    }

    private RunEvents events(RunId run) {
        return new RunEvents(bootstrapServers, run, PATIENCE);
    }

    @Test
    void ofALiveRunNothingIsLeftAndEverybodyIsTold() {
        RunId run = openWithAPicture("erased");
        given().post("/runs/" + run + "/start").then().statusCode(202);
        store.put(ObjectKeys.lora(run, "erased"), new byte[] {1}, "application/octet-stream");

        erase(run).statusCode(202).body("done", equalTo(false)).body("runId", equalTo(run.value()));

        RunErased erased = events(run).first(Topics.RUN_ERASED, RunErased.class);
        assertThat(erased.originals()).isEqualTo(1);
        assertThat(erased.loras()).isEqualTo(1);
        assertThat(erased.documents()).as("draft, verdict, manifest, …").isPositive();
        assertThat(store.list(ObjectKeys.dataset(run))).isEmpty();
        assertThat(store.list(ObjectKeys.run(run))).containsExactly(ObjectKeys.ending(run));
        assertThat(events(run).first(Topics.RUN_COMMANDS, RunCommand.CancelRun.class))
                .isNotNull();
        awaitDone(run);
        assertThat(events(run).all(Topics.RUN_ERASED)).as("told once").hasSize(1);
    }

    @Test
    void theTopicOfStatesForgetsTheRun() {
        RunId run = openWithAPicture("forgotten");
        await().atMost(PATIENCE).until(() -> !events(run).all(Topics.RUN_STATE).isEmpty());
        erase(run).statusCode(202);
        awaitDone(run);

        publisher.publishState(run, "late", new RunState.Training(1, 10, 1));
        publisher.publishState(run, "late", new RunState.Cancelled());

        List<ConsumerRecord<String, byte[]>> states = events(run).all(Topics.RUN_STATE);
        assertThat(Json.read(states.get(0).value(), RunSnapshot.class).state()).isInstanceOf(RunState.Requested.class);
        assertThat(states).last().satisfies(record -> assertThat(record.value()).isNull());
    }

    @Test
    void whoAsksForAnErasedRunHearsThatItIsGone() {
        RunId run = openWithAPicture("gone");
        erase(run).statusCode(202);
        awaitDone(run);

        given().get("/runs/" + run)
                .then()
                .statusCode(410)
                .contentType("application/problem+json")
                .body("detail", containsString("was erased on"));
        given().get("/runs/" + run + "/pictures").then().statusCode(410);
        given().contentType("application/octet-stream")
                .body(photo(2, "jpg"))
                .put("/runs/" + run + "/pictures/2.jpg")
                .then()
                .statusCode(410);
        given().post("/runs/" + run + "/start").then().statusCode(410);
        given().delete("/runs/" + run).then().statusCode(410);
        given().get("/runs?limit=500").then().body("runId", not(hasItem(run.value())));
        given().delete("/runs/nobody-1?everything=true").then().statusCode(404);
    }

    @Test
    void anEventThatComesLateDoesNotBringItBack() {
        RunId run = openWithAPicture("late");
        erase(run).statusCode(202);
        awaitDone(run);

        publisher.publish(new RunRequested(run, "late", List.of(), RECIPE, Instant.now()), "test", 1);
        publisher.publish(
                new LoraTrained(
                        run,
                        "late",
                        1,
                        10,
                        store.put("incoming/late", new byte[] {1}, "x/y"),
                        List.of(new Size(64, 64)),
                        0.4,
                        0.2,
                        1.5,
                        RECIPE,
                        Instant.now()),
                "train/lora",
                1);

        TopicReader.first(
                bootstrapServers,
                Topics.deadLetter(Topics.RUN_REQUESTED),
                record -> run.value().equals(record.key()),
                PATIENCE);
        given().get("/runs/" + run).then().statusCode(410);
        assertThat(store.list(ObjectKeys.dataset(run))).isEmpty();
    }

    @Test
    void aCloneKeepsItsPicturesWhenTheOtherRunIsErased() {
        RunId first = openWithAPicture("first");
        RunId clone = open("{\"cloneOf\": \"%s\"}".formatted(first));

        erase(first).statusCode(202);
        awaitDone(first);

        given().post("/runs/" + clone + "/start").then().statusCode(202);
        assertThat(store.list(ObjectKeys.originals(clone))).hasSize(1);
    }

    /** As if the process had ended between the note and everything else. */
    @Test
    void aWishThatTheLastProcessOnlyNotedIsFulfilled() {
        RunId run = openWithAPicture("noted");
        store.put(ObjectKeys.erasure(run), Json.bytes(Erasure.of(run, Instant.now(), true)), "application/json");

        RunId other = openWithAPicture("any other");
        erase(other).statusCode(202);

        assertThat(events(run).first(Topics.RUN_ERASED, RunErased.class).originals())
                .isEqualTo(1);
        given().get("/runs/" + run).then().statusCode(410);
    }
}
