package athanor.ingest;

import static athanor.ingest.Photos.photo;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import athanor.contracts.json.Json;
import athanor.contracts.run.RunId;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.teststack.S3Address;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The service with a real store and no broker: every request is answered, and what is to be told is kept. One that waited for the
 * broker would be answered 503, so no time is measured.
 */
@QuarkusTest
@QuarkusTestResource(value = BrokerAwayTest.StoreAlone.class, restrictToAnnotatedClass = true)
class BrokerAwayTest {

    @Inject
    ObjectStore store;

    /** A broker at a port where nobody listens. */
    public static class StoreAlone implements QuarkusTestResourceLifecycleManager {

        private final S3Address.Running s3 = S3Address.start();

        @Override
        public Map<String, String> start() {
            S3Address address = s3.address();
            return Map.of(
                    "kafka.bootstrap.servers",
                    "127.0.0.1:1",
                    "athanor.store.endpoint",
                    address.endpoint(),
                    "athanor.store.access-key",
                    address.accessKey(),
                    "athanor.store.secret-key",
                    address.secretKey());
        }

        @Override
        public void stop() {
            s3.close();
        }
    }

    @Test
    void openingStartingAndCancellingAreAnsweredAndKept() {
        String run = open();
        given().contentType("application/octet-stream")
                .body(photo(1, "jpg"))
                .put("/runs/{id}/pictures/{fileName}", run, "1.jpg")
                .then()
                .statusCode(200);
        given().post("/runs/" + run + "/start").then().statusCode(202);
        given().post("/runs/" + run + "/start").then().statusCode(202);
        given().post("/runs/" + run + "/commands/pause").then().statusCode(409);
        given().get("/runs").then().body("runId", hasItem(run));
        given().delete("/runs/" + run).then().statusCode(202).body("state.type", equalTo("Cancelled"));
        given().delete("/runs/" + run).then().statusCode(409);

        assertThat(notes(run))
                .extracting(UntoldEvents.Note::stage)
                .containsExactly(
                        "state/Requested",
                        "state/Validating",
                        "ingest/dataset",
                        "command/CancelRun",
                        "state/Cancelled");
    }

    private static String open() {
        return given().contentType("application/json")
                .body("{\"name\": \"Nobody listens\"}")
                .post("/runs")
                .then()
                .statusCode(201)
                .extract()
                .path("runId");
    }

    private List<UntoldEvents.Note> notes(String run) {
        return store.list(ObjectKeys.untoldEvents()).stream()
                .filter(key -> key.contains(new RunId(run).value()))
                .map(key -> Json.read(store.find(key).orElseThrow().bytes(), UntoldEvents.Note.class))
                .toList();
    }
}
