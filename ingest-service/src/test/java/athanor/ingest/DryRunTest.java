package athanor.ingest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import athanor.store.ObjectStore;
import athanor.teststack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(StackResource.class)
class DryRunTest {

    @Inject
    ObjectStore store;

    @Test
    void saysWhatARunWouldComeToAndOpensNone() {
        List<String> before = store.list("");

        given().contentType(ContentType.JSON)
                .body("""
                        {"name": "Anna", "preset": "THOROUGH",
                         "recipe": {"baseModel": "tiny", "subject": {"classNoun": "woman"}, "training": {"batchSize": 2}}}
                        """)
                .queryParam("dryRun", true)
                .post("/runs")
                .then()
                .statusCode(200)
                .body("recipe.training.steps", equalTo(600))
                .body("recipe.training.batchSize", equalTo(2))
                .body("recipe.network.rank", equalTo(16))
                .body("work.picturesSeen", equalTo(1200))
                .body("work.checkpoints", equalTo(8))
                .body("plan", nullValue())
                .body("time.knownBy", containsString("no run of this base"))
                .body("queue.position", equalTo(1));

        assertThat(store.list("")).isEqualTo(before);
    }

    @Test
    void refusesWhatOpeningWouldRefuse() {
        String wish = "{\"name\": \"Anna\", \"recipe\": {\"training\": {\"stpes\": 7}}}";
        String opened =
                given().contentType(ContentType.JSON).body(wish).post("/runs").path("detail");

        given().contentType(ContentType.JSON)
                .body(wish)
                .queryParam("dryRun", true)
                .post("/runs")
                .then()
                .statusCode(400)
                .body("detail", equalTo(opened));
    }

    @Test
    void anotherRankTakesTheRateWithIt() {
        float usual = given().contentType(ContentType.JSON)
                .body("{\"name\": \"a\", \"preset\": \"BALANCED\"}")
                .queryParam("dryRun", true)
                .post("/runs")
                .path("recipe.training.learningRate");
        float fitted = given().contentType(ContentType.JSON)
                .body("{\"name\": \"a\", \"preset\": \"BALANCED\", \"recipe\": {\"network\": {\"alpha\": 2}}}")
                .queryParam("dryRun", true)
                .post("/runs")
                .path("recipe.training.learningRate");

        assertThat(fitted).isEqualTo(4 * usual);
    }
}
