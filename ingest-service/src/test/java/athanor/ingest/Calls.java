package athanor.ingest;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/** Requests that most tests begin with. */
final class Calls {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Calls() {}

    /** @return the id of a new run */
    static String open(String name) {
        return given().contentType("application/json")
                .body("{\"name\": \"%s\", \"recipe\": {\"subject\": {\"classNoun\": \"woman\"}}}".formatted(name))
                .post("/runs")
                .then()
                .statusCode(201)
                .body("state.type", equalTo("Requested"))
                .extract()
                .path("runId");
    }

    static ValidatableResponse upload(String run, String fileName, byte[] bytes) {
        return given().contentType("application/octet-stream")
                .queryParam("caption", "in a park")
                .body(bytes)
                .put("/runs/{id}/pictures/{fileName}", run, fileName)
                .then();
    }

    static void awaitState(String run, String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/runs/" + run).then().body("state.type", equalTo(state)));
    }

    /** The beginning of a request whose body does not come. */
    static Socket stalled(URI service, String request, String contentType) throws IOException {
        Socket socket = new Socket(service.getHost(), service.getPort());
        socket.getOutputStream()
                .write("%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nContent-Length: 100000\r\n\r\n{"
                        .formatted(request, contentType)
                        .getBytes(ISO_8859_1));
        return socket;
    }

    static boolean hasNoAnswer(Socket socket) {
        try {
            return socket.getInputStream().available() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
