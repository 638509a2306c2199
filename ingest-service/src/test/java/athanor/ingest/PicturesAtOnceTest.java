package athanor.ingest;

import static athanor.ingest.Calls.open;
import static athanor.ingest.Photos.photo;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import athanor.contracts.rest.PictureView;
import athanor.contracts.rest.PicturesReceived;
import athanor.teststack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many pictures in one request end in the same checks as one. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class PicturesAtOnceTest {

    @TestHTTPResource("/")
    URI service;

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    /** As browsers and curl write it, names as UTF-8; and a field that is no file. */
    private static byte[] parts(Map<String, byte[]> files) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        files.forEach((name, bytes) -> {
            body.writeBytes("--sheet\r\nContent-Disposition: form-data; name=\"pictures\"; filename=\"%s\"\r\n\r\n"
                    .formatted(name)
                    .getBytes(UTF_8));
            body.writeBytes(bytes);
            body.writeBytes("\r\n".getBytes(UTF_8));
        });
        body.writeBytes("--sheet\r\nContent-Disposition: form-data; name=\"comment\"\r\n\r\nhello\r\n--sheet--\r\n"
                .getBytes(UTF_8));
        return body.toByteArray();
    }

    private static Map<String, byte[]> aFolder() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("1.txt", "in a park".getBytes(UTF_8));
        files.put("1.jpg", photo(1, "jpg"));
        files.put("größe.png", photo(2, "png"));
        files.put("größe.png.caption", "\ufefftall\r\n".getBytes(UTF_8));
        files.put("3.jpg", "no picture".getBytes(UTF_8));
        files.put("4.jpg", photo(1, "jpg"));
        files.put(".DS_Store", new byte[] {1});
        files.put("notes.pdf", new byte[] {1});
        files.put("5.txt", "of nobody".getBytes(UTF_8));
        return files;
    }

    private static void assertTaken(String run, PicturesReceived answer) {
        assertThat(answer.verdicts())
                .extracting(PictureView::fileName, PictureView::accepted)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("1.jpg", true),
                        org.assertj.core.groups.Tuple.tuple("größe.png", true),
                        org.assertj.core.groups.Tuple.tuple("3.jpg", false),
                        org.assertj.core.groups.Tuple.tuple("4.jpg", false));
        assertThat(answer.verdicts().get(3).findings().get(0).sentence()).contains("the same file as '1.jpg'");
        assertThat(answer.skipped())
                .extracting(file -> file.fileName() + " " + file.reason())
                .containsExactlyInAnyOrder(
                        ".DS_Store is a hidden file or one of the system",
                        "notes.pdf has no ending of a picture that can be read",
                        "5.txt is the caption of no picture");
        given().get("/runs/" + run + "/pictures")
                .then()
                .body("$", hasSize(4))
                .body("find { it.fileName == '1.jpg' }.caption", equalTo("in a park"))
                .body("find { it.fileName == 'größe.png' }.caption", equalTo("tall"));
    }

    @Test
    void thePartsOfARequest() {
        String run = open("parts");

        PicturesReceived answer = given().contentType("multipart/form-data; boundary=sheet")
                .body(parts(aFolder()))
                .post("/runs/" + run + "/pictures")
                .then()
                .statusCode(200)
                .extract()
                .as(PicturesReceived.class);

        assertThat(answer.skipped()).anyMatch(file -> file.reason().contains("without a file name"));
        assertTaken(
                run,
                new PicturesReceived(
                        answer.verdicts(),
                        answer.skipped().stream()
                                .filter(file -> !file.fileName().equals("comment"))
                                .toList()));
    }

    @Test
    void aZip() throws IOException {
        String run = open("zip");

        PicturesReceived answer = given().contentType("application/zip")
                .body(zip(aFolder()))
                .post("/runs/" + run + "/pictures")
                .then()
                .statusCode(200)
                .extract()
                .as(PicturesReceived.class);

        assertTaken(run, answer);
        given().post("/runs/" + run + "/start").then().statusCode(202);
        given().contentType("application/zip")
                .body(zip(aFolder()))
                .post("/runs/" + run + "/pictures")
                .then()
                .statusCode(409);
    }

    @Test
    void ofARefusedZipNothingIsTaken() throws IOException {
        String run = open("bomb");
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("1.jpg", photo(1, "jpg"));
        entries.put("2.bmp", new byte[30 << 20]);

        given().contentType("application/zip")
                .body(zip(entries))
                .post("/runs/" + run + "/pictures")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("detail", containsString("'2.bmp' in the zip unpacks to more than 100 times"));
        given().get("/runs/" + run + "/pictures").then().body("$", empty());
    }

    @Test
    void whatIsNeitherIsRefused() {
        String run = open("neither");
        given().contentType("application/zip")
                .body("hello".getBytes(UTF_8))
                .post("/runs/" + run + "/pictures")
                .then()
                .statusCode(422)
                .body("detail", containsString("is no zip"));
        given().contentType("multipart/form-data; boundary=x")
                .body("--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a.jpg\"\r\n\r\nbroken off"
                        .getBytes(UTF_8))
                .post("/runs/" + run + "/pictures")
                .then()
                .statusCode(422)
                .body("detail", containsString("breaks off"));
        given().config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .encodeContentTypeAs("multipart/form-data", ContentType.TEXT)))
                .contentType("multipart/form-data")
                .body("--x\r\n")
                .post("/runs/" + run + "/pictures")
                .then()
                .statusCode(422)
                .body("detail", containsString("names no boundary"));
        given().contentType("application/json")
                .body("{}")
                .post("/runs/" + run + "/pictures")
                .then()
                .statusCode(415);
        given().contentType("application/zip")
                .body(new byte[9])
                .post("/runs/nobody-1/pictures")
                .then()
                .statusCode(404);
    }

    @ParameterizedTest
    @CsvSource({"'', UTF-8", "efbbbf, UTF-8", "fffe, UTF-16LE", "feff, UTF-16BE"})
    void aCaptionIsReadAsItsMarkSays(String mark, String encoding) throws IOException {
        String run = open("marks");
        ByteArrayOutputStream caption = new ByteArrayOutputStream();
        caption.write(HexFormat.of().parseHex(mark));
        caption.write("一位女子\r\n".getBytes(java.nio.charset.Charset.forName(encoding)));
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("10_ohwx woman/1.jpg", photo(1, "jpg"));
        files.put("10_ohwx woman/1.jpg.txt", caption.toByteArray());

        given().contentType("application/zip")
                .body(zip(files))
                .post("/runs/" + run + "/pictures")
                .then()
                .body("verdicts[0].caption", equalTo("一位女子"));
    }

    @Test
    void aCaptionThatNobodyCanReadCostsItsWordsAndNotThePicture() throws IOException {
        String run = open("unreadable");
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("1.jpg", photo(1, "jpg"));
        files.put("1.txt", "größe".getBytes(ISO_8859_1));
        files.put("2.jpg", photo(2, "jpg"));
        files.put("2.txt", "x".repeat(900_000).getBytes(UTF_8));

        given().contentType("application/zip")
                .body(zip(files))
                .post("/runs/" + run + "/pictures")
                .then()
                .body("verdicts[0].fileName", equalTo("1.jpg"))
                .body("skipped[0].reason", equalTo("is no UTF-8 text; save the caption as UTF-8"))
                .body("skipped[1].reason", containsString("has 900000 characters; wanted at most 100000"));
    }

    @Test
    void bodiesThatStallHoldNoThread() throws IOException {
        String run = open("stalled");
        List<Socket> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                stalled.add(Calls.stalled(service, "POST /runs/%s/pictures".formatted(run), "application/zip"));
            }

            given().get("/q/health/ready").then().statusCode(200);
            given().contentType("application/octet-stream")
                    .body(photo(1, "jpg"))
                    .put("/runs/" + run + "/pictures/whole.jpg")
                    .then()
                    .statusCode(200);
            assertThat(stalled).as("still waiting").allMatch(Calls::hasNoAnswer);
        } finally {
            for (Socket socket : stalled) {
                socket.close();
            }
        }
    }
}
