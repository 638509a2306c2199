package athanor.ingest;

import static athanor.ingest.Photos.mirrored;
import static athanor.ingest.Photos.photo;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import athanor.teststack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the service tells of the pictures that it was given. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class PicturesTest {

    private String run = "";

    @BeforeEach
    void open() {
        run = given().contentType("application/json")
                .body("{\"name\": \"tiles\", \"recipe\": {\"subject\": {\"classNoun\": \"pattern\"}}}")
                .post("/runs")
                .path("runId");
    }

    private void upload(String fileName, byte[] bytes, int status) {
        given().contentType("application/octet-stream")
                .body(bytes)
                .put("/runs/{id}/pictures/{fileName}", run, fileName)
                .then()
                .statusCode(status);
    }

    @Test
    void eachIsToldWithItsFindingsAndMeasuresInTheLanguageThatIsAskedFor() {
        upload("a.png", photo(1, "png"), 200);
        upload("b.png", mirrored(1), 200);
        upload("c.txt", "not a picture".getBytes(UTF_8), 422);

        given().get("/runs/" + run + "/pictures")
                .then()
                .statusCode(200)
                .body("accepted", contains(true, true, false))
                .body("[0].measured.width", equalTo(96))
                .body("[0].measured.effectiveWidth", equalTo(96))
                .body("[1].findings.code", contains("NOISY", "MIRRORED"))
                .body("[1].findings[1].evidence.other", equalTo("a.png"))
                .body("[1].findings[1].sentence", containsString("as a mirror shows it"))
                .body("[2].findings.code", contains("NO_PICTURE"))
                .body("[2].findings[0].severity", equalTo("REJECTED"));
        given().header("Accept-Language", "zh-CN,zh;q=0.9")
                .get("/runs/" + run + "/pictures")
                .then()
                .body("[1].findings[1].sentence", containsString("镜像"));
    }

    @Test
    void theSetIsTold() {
        upload("a.png", photo(2, "png"), 200);
        upload("b.png", mirrored(2), 200);
        upload("c.png", photo(3, "png"), 200);
        upload("d.txt", "not a picture".getBytes(UTF_8), 422);

        given().get("/runs/" + run + "/pictures/report")
                .then()
                .statusCode(200)
                .body("pictures", equalTo(4))
                .body("accepted", equalTo(3))
                .body("rejected", equalTo(1))
                .body("findings.MIRRORED", equalTo(2))
                .body("alike", hasSize(1))
                .body("alike[0].others", hasSize(1))
                .body("next[0]", startsWith("leave out pictures that show the same as others (1): "));
    }

    @Test
    void aRunThatIsNotThereHasNoPictures() {
        given().get("/runs/nobody/pictures/report").then().statusCode(404).contentType("application/problem+json");
    }
}
