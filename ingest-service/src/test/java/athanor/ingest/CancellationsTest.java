package athanor.ingest;

import static athanor.ingest.Calls.awaitState;
import static athanor.ingest.Calls.open;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import athanor.contracts.ObjectRef;
import athanor.contracts.events.EventType;
import athanor.contracts.events.RunCommand;
import athanor.contracts.events.RunEvent;
import athanor.contracts.events.RunSnapshot;
import athanor.contracts.events.Topics;
import athanor.contracts.json.Json;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import athanor.shell.EventPublisher;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.teststack.RunEvents;
import athanor.teststack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The end of a run that somebody wants to end, whoever holds it. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class CancellationsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

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
}
