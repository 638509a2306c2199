package athanor.ingest;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import athanor.teststack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** Requests that are wrong, and what is said of the interface. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class IngestTest {

    @TestHTTPResource("/runs")
    URI runs;

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
                .body("{\"name\": \"A\", \"recipe\": {\"training\": {\"steps\": null}}}")
                .post("/runs")
                .then()
                .statusCode(400)
                .body("detail", containsString("training.steps: wanted a whole number, got null"));
        given().contentType("application/json")
                .body("{\"name\": \"zoë\"}".getBytes(ISO_8859_1))
                .post("/runs")
                .then()
                .statusCode(400)
                .body("detail", containsString("Invalid UTF-8"));
        given().get("/runs?limit=abc").then().statusCode(400).body("detail", containsString("no whole number"));
        given().get("/runs?limit=99999999999").then().statusCode(400).body("detail", containsString("too large"));
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
