package athanor.ingest;

import static athanor.ingest.Photos.photo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import athanor.teststack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Requests that are damaged in a few hundred ways get a verdict or a problem each: no failure of the service, no silence. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class RestFuzzTest {

    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 40);
    private static final int SEED = 20;
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);
    private static final String RECIPE =
            "{\"name\": \"Fuzz\", \"recipe\": {\"baseModel\": \"tiny\", \"subject\": {\"classNoun\": \"woman\"},"
                    + " \"training\": {\"steps\": 100}, \"samples\": {\"seed\": 7}}}";

    @TestHTTPResource("/runs")
    URI runs;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Random random = new Random(SEED);

    private record Sent(String what, CompletableFuture<HttpResponse<String>> answer) {}

    @Test
    void everyDamagedRequestIsAnsweredAndNoneIsAFailureOfTheService() throws Exception {
        String run = opened();
        byte[] zip = zip();
        byte[] parts = parts();
        for (int round = 0; round < ROUNDS; round++) {
            List<Sent> sent = new ArrayList<>();
            String pictures = "/" + run + "/pictures";
            for (String format : List.of("jpg", "png", "gif", "bmp")) {
                String name = "/%d.%s".formatted(round % 5, format);
                sent.add(send("PUT", pictures + name, "application/octet-stream", damaged(photo(round, format))));
            }
            sent.add(send("POST", pictures, "application/zip", damaged(zip)));
            sent.add(send("POST", pictures, "multipart/form-data; boundary=sheet", damaged(parts)));
            sent.add(send("POST", "", "application/json", damaged(RECIPE.getBytes(UTF_8))));
            sent.add(send(
                    "PUT", pictures + "/0.jpg/caption", "text/plain", damaged("a woman in a park".getBytes(UTF_8))));
            for (Sent one : sent) {
                assertAnswered(round, one);
            }
        }
        HttpResponse<String> all = send("GET", "/" + run + "/pictures", "text/plain", new byte[0])
                .answer()
                .get();
        assertThat(all.statusCode()).isEqualTo(200);
    }

    private static void assertAnswered(int round, Sent sent) {
        HttpResponse<String> answer = sent.answer().join();
        assertThat(answer.statusCode())
                .as("round %d, %s: %s", round, sent.what(), answer.body())
                .isBetween(200, 499);
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (answer.statusCode() >= 400) {
            assertThat(type).as("round %d, %s", round, sent.what()).startsWith("application/problem+json");
            assertThat(answer.body())
                    .as("round %d, %s", round, sent.what())
                    .contains("\"detail\"")
                    .doesNotContain("Exception", "java.");
        } else {
            assertThat(type).startsWith("application/json");
        }
    }

    private String opened() throws Exception {
        HttpResponse<String> answer = send("POST", "", "application/json", RECIPE.getBytes(UTF_8))
                .answer()
                .get();
        return answer.headers().firstValue("Location").orElseThrow().replaceAll(".*/", "");
    }

    private Sent send(String method, String path, String contentType, byte[] body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(runs + path))
                .timeout(LONGEST_ANSWER)
                .header("Content-Type", contentType)
                .method(method, BodyPublishers.ofByteArray(body))
                .build();
        return new Sent(method + " " + contentType, http.sendAsync(request, BodyHandlers.ofString()));
    }

    /** One to four damages anywhere; an empty body is one of them. */
    private byte[] damaged(byte[] whole) {
        byte[] bytes = whole.clone();
        for (int damages = 1 + random.nextInt(4); damages > 0 && bytes.length > 0; damages--) {
            int at = random.nextInt(bytes.length);
            int length = Math.min(bytes.length - at, 1 + random.nextInt(32));
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> Arrays.fill(bytes, at, at + length, (byte) (random.nextBoolean() ? 0 : 0xff));
                case 3 -> System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
                default -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            }
        }
        return bytes;
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : List.of("a.jpg", "b.png")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(photo(name.charAt(0), name.substring(2)));
            }
            zip.putNextEntry(new ZipEntry("a.txt"));
            zip.write("in a park".getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] parts() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String name : List.of("c.jpg", "d.png")) {
            body.writeBytes("--sheet\r\nContent-Disposition: form-data; name=\"pictures\"; filename=\"%s\"\r\n\r\n"
                    .formatted(name)
                    .getBytes(UTF_8));
            body.writeBytes(photo(name.charAt(0), name.substring(2)));
            body.writeBytes("\r\n".getBytes(UTF_8));
        }
        body.writeBytes("--sheet--\r\n".getBytes(UTF_8));
        return body.toByteArray();
    }
}
