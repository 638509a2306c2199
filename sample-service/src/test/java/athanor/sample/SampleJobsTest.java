package athanor.sample;

import static io.restassured.RestAssured.delete;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import athanor.contracts.json.Json;
import athanor.contracts.rest.SampleJob;
import athanor.teststack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(StackResource.class)
class SampleJobsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int MANY_STEPS = 150;

    private static Response asked(String prompt, int steps, int count) {
        return given().contentType("application/json")
                .body(Map.of(
                        "baseModel", RandomBase.NAME,
                        "prompt", prompt,
                        "steps", steps,
                        "count", count,
                        "size", Map.of("width", 64, "height", 64)))
                .post("/samples/jobs");
    }

    private static SampleJob job(String id) {
        return Json.read(get("/samples/jobs/" + id).asByteArray(), SampleJob.class);
    }

    @Test
    void whoeverDoesNotWaitIsToldWhereToLookAndFollowsTheDrawingToItsEnd() {
        Response answer = asked("a photo of a pond", 2, 2);
        String id = answer.then()
                .statusCode(202)
                .header("Location", containsString("/samples/jobs/"))
                .body("prompt", equalTo("a photo of a pond"))
                .extract()
                .path("id");

        String events = get("/samples/jobs/%s/events".formatted(id))
                .then()
                .statusCode(200)
                .contentType(startsWith("text/event-stream"))
                .extract()
                .asString();

        List<String> told =
                events.lines().filter(line -> line.startsWith("data:")).toList();
        SampleJob last =
                Json.read(told.get(told.size() - 1).substring("data:".length()).strip(), SampleJob.class);
        assertThat(last.state()).isEqualTo(SampleJob.State.DONE);
        assertThat(last.done()).isPositive().isEqualTo(last.total());
        assertThat(last.answer()).isNotNull();
        assertThat(last.answer().samples()).hasSize(2);
        get("/pictures/" + last.answer().samples().get(0).picture().key())
                .then()
                .statusCode(200);
        get("/samples/jobs").then().statusCode(200).body("id", hasItem(id));
    }

    @Test
    void oneThatIsDrawnAndOneThatWaitsAreCancelled() {
        String first = asked("a photo", MANY_STEPS, 16)
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        String second = asked("a photo", MANY_STEPS, 16)
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        await().atMost(PATIENCE).until(() -> job(first).done() > 0);
        assertThat(job(second).state()).isEqualTo(SampleJob.State.WAITING);

        delete("/samples/jobs/" + second).then().statusCode(200).body("state", equalTo("CANCELLED"));
        delete("/samples/jobs/" + first).then().statusCode(200).body("state", equalTo("CANCELLED"));

        String next = asked("a photo", 1, 1).then().statusCode(202).extract().path("id");
        await().atMost(PATIENCE).until(() -> job(next).state() == SampleJob.State.DONE);
        assertThat(job(first).answer()).isNull();
        assertThat(job(second).done()).isZero();
    }

    @Test
    void whatCannotBeDrawnIsRefusedBeforeItWaits() {
        given().contentType("application/json")
                .body(Map.of("baseModel", "sd9", "prompt", "a photo"))
                .post("/samples/jobs")
                .then()
                .statusCode(404)
                .body("detail", containsString("sd9"));
        given().contentType("application/json")
                .body(Map.of("baseModel", RandomBase.NAME, "prompt", "a photo", "count", 99))
                .post("/samples/jobs")
                .then()
                .statusCode(422)
                .body("detail", containsString("99"));
        get("/samples/jobs/none").then().statusCode(404).body("detail", containsString("no drawing 'none'"));
        get("/samples/jobs/none/events").then().statusCode(404);
        delete("/samples/jobs/none").then().statusCode(404);
    }
}
