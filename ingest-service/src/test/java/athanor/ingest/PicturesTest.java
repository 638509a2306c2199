package athanor.ingest;

import static athanor.ingest.Photos.mirrored;
import static athanor.ingest.Photos.photo;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import athanor.teststack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
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
    void whatItsOwnerSaysOfAPictureComesBeforeWhatIsSeen() {
        upload("a.png", photo(4, "png"), 200);
        upload("b.png", photo(5, "png"), 200);

        correct("a.png", "{\"framing\": \"full\", \"regions\": \"head 0.4 0.1 0.2 0.2\"}")
                .statusCode(200)
                .body("framing", equalTo("FULL"))
                .body("saidFraming", equalTo("FULL"))
                .body("regions[0].kind", equalTo("HEAD"));
        correct("a.png", "{\"framing\": \"\"}")
                .statusCode(200)
                .body("saidFraming", nullValue())
                .body("regions", hasSize(1));
        correct("a.png", "{\"framing\": \"sideways\"}")
                .statusCode(400)
                .body("detail", containsString("no framing 'sideways'"))
                .body("detail", containsString("close_up"));
        correct("z.png", "{\"used\": false}").statusCode(404).body("detail", containsString("no picture 'z.png'"));
    }

    @Test
    void aPictureIsLeftOutAndTakenBack() {
        upload("a.png", photo(6, "png"), 200);
        upload("b.png", photo(7, "png"), 200);

        correct("a.png", "{\"used\": false}")
                .statusCode(200)
                .body("accepted", equalTo(false))
                .body("findings.code", contains("LEFT_OUT"));
        given().get("/runs/" + run).then().body("pictures.accepted", equalTo(1));
        given().get("/runs/" + run + "/pictures/report").then().body("accepted", equalTo(1));
        correct("a.png", "{\"used\": true}").statusCode(200).body("accepted", equalTo(true));
        correct("b.png", "{\"used\": false}").statusCode(200);
        given().post("/runs/" + run + "/start").then().statusCode(202);

        given().get("/runs/" + run).then().body("pictures.accepted", equalTo(1)).body("pictures.rejected", equalTo(1));
        correct("b.png", "{\"used\": true}").statusCode(409);
    }

    @Test
    void aPictureIsShownFromItsUploadOn() throws IOException {
        upload("a.png", photo(8, "png"), 200);
        BufferedImage plain = preview();
        correct("a.png", "{\"regions\": \"head 0.25 0.25 0.5 0.5\"}").statusCode(200);

        BufferedImage pointedOut = preview();

        assertThat(pointedOut.getWidth()).isEqualTo(plain.getWidth());
        assertThat(pointedOut.getRGB(plain.getWidth() / 4, plain.getHeight() / 2))
                .isNotEqualTo(plain.getRGB(plain.getWidth() / 4, plain.getHeight() / 2));
        assertThat(pointedOut.getRGB(plain.getWidth() / 2, plain.getHeight() / 2))
                .isEqualTo(plain.getRGB(plain.getWidth() / 2, plain.getHeight() / 2));
        given().get("/runs/{id}/pictures/{fileName}/preview", run, "b.png")
                .then()
                .statusCode(404)
                .body("detail", containsString("has accepted no picture 'b.png'"));
    }

    @Test
    void whatIsToBeSaidOfTheCaptionsIsInTheReport() {
        for (int i = 0; i < 3; i++) {
            upload(i + ".png", photo(10 + i, "png"), 200);
            given().contentType("text/plain")
                    .body("a picture with freckles")
                    .put("/runs/{id}/pictures/{fileName}/caption", run, i + ".png")
                    .then()
                    .statusCode(200);
        }

        given().get("/runs/" + run + "/pictures/report")
                .then()
                .body("captions", hasSize(3))
                .body("captions[1]", containsString("say the same"));
    }

    private ValidatableResponse correct(String fileName, String patch) {
        return given().contentType("application/merge-patch+json")
                .body(patch)
                .patch("/runs/{id}/pictures/{fileName}", run, fileName)
                .then();
    }

    private BufferedImage preview() throws IOException {
        return ImageIO.read(new ByteArrayInputStream(given().get("/runs/{id}/pictures/{fileName}/preview", run, "a.png")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray()));
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
