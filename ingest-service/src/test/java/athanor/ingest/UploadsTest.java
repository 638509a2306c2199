package athanor.ingest;

import static athanor.ingest.Calls.open;
import static athanor.ingest.Calls.stalled;
import static athanor.ingest.Photos.photo;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import athanor.contracts.ObjectRef;
import athanor.contracts.dataset.DatasetManifest;
import athanor.contracts.dataset.RejectedPicture;
import athanor.contracts.dataset.RequestedPicture;
import athanor.contracts.events.DatasetAccepted;
import athanor.contracts.events.RunRequested;
import athanor.contracts.events.Topics;
import athanor.contracts.json.Json;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.RunId;
import athanor.shell.EventPublisher;
import athanor.store.ObjectStore;
import athanor.teststack.RunEvents;
import athanor.teststack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What strangers send, slowly, in masses, or made on purpose, costs them a verdict and the service nothing. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class UploadsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    EventPublisher publisher;

    @Inject
    ObjectStore store;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @TestHTTPResource("/")
    URI service;

    @Test
    void bodiesThatStallHoldNoThread() throws IOException {
        String run = open("stalled");
        List<Socket> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < 150; i++) {
                stalled.add(stalled(service, "PUT /runs/%s/pictures/%d.jpg".formatted(run, i), "image/jpeg"));
                stalled.add(stalled(service, "POST /runs", "application/json"));
            }

            given().get("/q/health/ready").then().statusCode(200);
            given().contentType("application/octet-stream")
                    .body(photo(1, "jpg"))
                    .put("/runs/" + run + "/pictures/whole.jpg")
                    .then()
                    .statusCode(200);
            assertThat(stalled).as("still waiting").allMatch(Calls::hasNoAnswer);
            assertThat(answerTo(stalled.get(0)))
                    .contains("408", "nothing of the upload came for 15 s after its first 1 bytes; send it again");
        } finally {
            for (Socket socket : stalled) {
                socket.close();
            }
        }
    }

    private static String answerTo(Socket socket) throws IOException {
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    @Test
    void manyUploadsAtOnceAreAllAnsweredWhileTheServiceStaysReady() {
        String run = open("at-once");
        List<CompletableFuture<Integer>> answers = IntStream.range(0, 18)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> given().contentType("application/octet-stream")
                        .body(photo(100 + i, "png"))
                        .put("/runs/" + run + "/pictures/" + i + ".png")
                        .statusCode()))
                .toList();

        given().get("/q/health/ready").then().statusCode(200);
        assertThat(answers.stream()
                        .map(answer -> answer.orTimeout(60, TimeUnit.SECONDS).join()))
                .containsOnly(200);
    }

    @Test
    void aTextThatIsLongerThanAnyIsRefused() {
        given().contentType("application/json")
                .body("{\"name\": \"%s\"}".formatted("n".repeat(2 << 20)))
                .post("/runs")
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("detail", containsString("1048576 are the most"));
    }

    /** A tile as wide as the world, and a chain of directories that would fill any stack. */
    private static List<byte[]> madeOnPurpose() {
        int[] tile = {256, 64, 257, 64, 258, 8, 259, 1, 262, 1, 322, Integer.MAX_VALUE, 323, 16, 324, 8, 325, 16};
        ByteBuffer wide = ByteBuffer.allocate(8 + 2 + tile.length / 2 * 12 + 4).order(ByteOrder.LITTLE_ENDIAN);
        wide.put("II*\0".getBytes(ISO_8859_1)).putInt(8).putShort((short) (tile.length / 2));
        for (int i = 0; i < tile.length; i += 2) {
            wide.putShort((short) tile[i]).putShort((short) 4).putInt(1).putInt(tile[i + 1]);
        }
        int links = 20_000;
        ByteBuffer chain = ByteBuffer.allocate(8 + links * 6).order(ByteOrder.LITTLE_ENDIAN);
        chain.put("II*\0".getBytes(ISO_8859_1)).putInt(8);
        for (int i = 1; i <= links; i++) {
            chain.putShort((short) 0).putInt(i == links ? 0 : 8 + i * 6);
        }
        return List.of(wide.array(), chain.array());
    }

    @Test
    void byRestFilesMadeOnPurposeAreRefused() {
        String run = open("on-purpose");
        for (byte[] file : madeOnPurpose()) {
            given().contentType("application/octet-stream")
                    .body(file)
                    .put("/runs/" + run + "/pictures/" + file.length + ".tif")
                    .then()
                    .statusCode(422)
                    .body("detail", containsString("the TIFF"));
        }
        given().get("/q/health/ready").then().statusCode(200);
    }

    @Test
    void byEventTheyCostTheirVerdictsAndNotTheRun() {
        RunId run = RunId.fresh("on-purpose", new Random());
        List<RequestedPicture> pictures = new ArrayList<>();
        pictures.add(new RequestedPicture(
                store.put("incoming/" + run + "/good.jpg", photo(4, "jpg"), "image/jpeg"), "good.jpg", null));
        for (byte[] file : madeOnPurpose()) {
            ObjectRef object = store.put("incoming/" + run + "/" + file.length, file, "image/tiff");
            pictures.add(new RequestedPicture(object, file.length + ".tif", null));
        }
        ObjectRef claimsMuch = new ObjectRef("athanor", "incoming/" + run + "/huge.jpg", 5L << 30, "0".repeat(64));
        pictures.add(new RequestedPicture(claimsMuch, "huge.jpg", null));

        publisher.publish(
                new RunRequested(run, "On purpose", pictures, Recipe.defaults("tiny", "woman"), Instant.now()),
                "test",
                1);

        DatasetAccepted event =
                new RunEvents(bootstrapServers, run, PATIENCE).first(Topics.DATASET_ACCEPTED, DatasetAccepted.class);
        DatasetManifest manifest = Json.read(store.read(event.manifest()), DatasetManifest.class);
        assertThat(manifest.accepted()).hasSize(1);
        assertThat(manifest.rejected())
                .extracting(RejectedPicture::reason)
                .anyMatch(reason -> reason.contains("its tiles are larger than the picture"))
                .anyMatch(reason -> reason.contains("more than 500 pages"))
                .anyMatch(reason -> reason.contains("the file has 5120.0 MB, at most 40 are read"));
    }
}
