package athanor.ingest;

import static athanor.ingest.Photos.photo;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import athanor.contracts.events.Topics;
import athanor.contracts.run.RunId;
import athanor.shell.Envelope;
import athanor.shell.RunTenants;
import athanor.store.Sha256;
import athanor.teststack.StackResource;
import athanor.teststack.TopicReader;
import athanor.teststack.TopicWriter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** A service that wants keys: two tenants who know nothing of each other, and an operator. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
@TestProfile(AccessTest.WithKeys.class)
class AccessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** As an operator would set them. */
    public static final class WithKeys implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "athanor.access.keys",
                    String.join(
                            ",", entry("anna", "key-of-anna"), entry("bert", "key-of-bert"), entry("*", "key-of-all")));
        }

        private static String entry(String tenant, String key) {
            return tenant + ":" + Sha256.of(key.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Inject
    RunTenants tenants;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private static RequestSpecification as(String who) {
        return given().header("Authorization", "Bearer key-of-" + who);
    }

    private static String open(String who) {
        return as(who).contentType("application/json")
                .body("{\"name\": \"%s\", \"recipe\": {\"subject\": {\"classNoun\": \"woman\"}}}".formatted(who))
                .post("/runs")
                .then()
                .statusCode(201)
                .extract()
                .path("runId");
    }

    @Test
    void whoeverHasNoKeyIsRefusedWithASentence() {
        given().get("/runs")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", startsWith("Basic"))
                .body("detail", containsString("Authorization: Bearer KEY"));
        given().header("Authorization", "Bearer wrong")
                .get("/loras")
                .then()
                .statusCode(401)
                .body("detail", containsString("nobody here has the key"));
        given().body(new byte[1000]).put("/runs/any/pictures/a.png").then().statusCode(401);
        given().get("/q/openapi").then().statusCode(401);
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/metrics").then().statusCode(200);
        given().auth()
                .preemptive()
                .basic("anybody", "key-of-anna")
                .get("/runs")
                .then()
                .statusCode(200);
    }

    @Test
    void aTenantSeesAndChangesItsOwnRunsAlone() {
        String run = open("anna");
        as("anna")
                .body(photo(1, "png"))
                .put("/runs/" + run + "/pictures/a.png")
                .then()
                .statusCode(200);

        as("anna").get("/runs").then().body("runId", hasItem(run));
        as("bert").get("/runs").then().body("findAll { it.runId == '%s' }".formatted(run), empty());
        for (String path : new String[] {"", "/pictures", "/pictures/a.png/preview", "/progress", "/lora", "/events"}) {
            as("bert")
                    .get("/runs/" + run + path)
                    .then()
                    .statusCode(404)
                    .body("detail", containsString("there is no run '%s'".formatted(run)));
        }
        as("bert")
                .body(photo(2, "png"))
                .put("/runs/" + run + "/pictures/b.png")
                .then()
                .statusCode(404);
        as("bert").post("/runs/" + run + "/start").then().statusCode(404);
        as("bert").delete("/runs/" + run).then().statusCode(404);
        as("bert")
                .contentType("application/json")
                .body("{\"cloneOf\": \"%s\"}".formatted(run))
                .post("/runs")
                .then()
                .statusCode(404);
        as("all").get("/runs/" + run).then().statusCode(200).body("name", equalTo("anna"));
        as("anna").get("/runs/" + run + "/pictures").then().body("fileName", contains("a.png"));
    }

    @Test
    void theSameIdempotencyKeyOfTwoTenantsMeansTwoRuns() {
        String body = "{\"name\": \"twice\", \"recipe\": {\"subject\": {\"classNoun\": \"woman\"}}}";
        String first = as("anna")
                .header("Idempotency-Key", "one")
                .contentType("application/json")
                .body(body)
                .post("/runs")
                .path("runId");
        String other = as("bert")
                .header("Idempotency-Key", "one")
                .contentType("application/json")
                .body(body)
                .post("/runs")
                .path("runId");

        assertThat(other).isNotEqualTo(first);
        assertThat(tenants.of(new RunId(other))).contains("bert");
    }

    @Test
    void eventsSayWhoseARunIs() {
        String run = open("bert");
        as("bert")
                .body(photo(3, "png"))
                .put("/runs/" + run + "/pictures/a.png")
                .then()
                .statusCode(200);
        as("bert").post("/runs/" + run + "/start").then().statusCode(202);

        var record =
                TopicReader.first(bootstrapServers, Topics.DATASET_ACCEPTED, sent -> run.equals(sent.key()), PATIENCE);

        assertThat(Envelope.tenant(record.headers())).contains("bert");
    }

    @Test
    void aProducerSaysWhoseARunIs() {
        RunId run = RunId.fresh("produced", new Random());
        ProducerRecord<String, byte[]> request =
                TopicWriter.event(Topics.RUN_REQUESTED, run.value(), "athanor.RunRequested.v1", """
                {"runId": "%s", "name": "produced", "requestedAt": "2026-12-01T00:00:00Z",
                 "source": {"bucket": "athanor", "prefix": "uploads/none/"},
                 "recipe": {"baseModel": "tiny", "subject": {"trigger": "sks", "classNoun": "woman"}}}""".formatted(run)
                        .getBytes(StandardCharsets.UTF_8));
        request.headers().add(Envelope.TENANT, "anna".getBytes(StandardCharsets.UTF_8));
        TopicWriter.write(bootstrapServers, request);

        await().atMost(PATIENCE)
                .untilAsserted(() -> as("anna").get("/runs/" + run).then().statusCode(200));
        as("bert").get("/runs/" + run).then().statusCode(404);
    }

    @Test
    void noPageOfAnotherOriginMayReadAnAnswer() {
        as("anna")
                .header("Origin", "https://elsewhere.example")
                .get("/runs")
                .then()
                .header("Access-Control-Allow-Origin", nullValue());
    }
}
