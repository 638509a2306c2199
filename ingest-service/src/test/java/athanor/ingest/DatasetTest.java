package athanor.ingest;

import static athanor.ingest.Calls.awaitState;
import static athanor.ingest.Calls.open;
import static athanor.ingest.Calls.upload;
import static athanor.ingest.Photos.photo;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.dataset.DatasetManifest;
import athanor.contracts.events.DatasetAccepted;
import athanor.contracts.events.RunEvent;
import athanor.contracts.events.Topics;
import athanor.contracts.json.Json;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.RunId;
import athanor.store.ObjectStore;
import athanor.store.Sha256;
import athanor.teststack.RunEvents;
import athanor.teststack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Uploads with their captions, and the dataset that they are frozen to. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class DatasetTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** As application.properties of the tests says. */
    private static final int MOST_PICTURES = 20;

    private static final Recipe RECIPE = Recipe.defaults("tiny", "woman");

    @Inject
    ObjectStore store;

    @Inject
    Drafts drafts;

    @Inject
    UnfinishedStarts unfinishedStarts;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @TestHTTPResource("/runs")
    URI runs;

    private <T extends RunEvent> T event(String topic, String run, Class<T> type) {
        return new RunEvents(bootstrapServers, new RunId(run), PATIENCE).first(topic, type);
    }

    @Test
    void uploadsBecomeAFrozenDataset() {
        String run = open("Anna");
        upload(run, "1.jpg", photo(1, "jpg"))
                .statusCode(200)
                .body("format", equalTo("JPEG"))
                .body("size.width", equalTo(96));
        upload(run, "2.png", photo(2, "png")).statusCode(200).body("caption", equalTo("in a park"));
        upload(run, "2 again.png", photo(2, "png"))
                .statusCode(422)
                .contentType("application/problem+json")
                .body("detail", containsString("the same file as '2.png'"));
        upload(run, "cut.png", Arrays.copyOf(photo(3, "png"), 4000))
                .statusCode(422)
                .body("detail", containsString("is damaged"));
        upload(run, "notes.txt", "hello".getBytes(UTF_8)).statusCode(422).body("detail", containsString("no picture"));
        given().get("/runs/" + run + "/pictures").then().body("$", hasSize(5));

        given().post("/runs/" + run + "/start").then().statusCode(202);

        DatasetAccepted event = event(Topics.DATASET_ACCEPTED, run, DatasetAccepted.class);
        assertThat(event.name()).isEqualTo("Anna");
        assertThat(event.accepted()).isEqualTo(2);
        assertThat(event.rejected()).isEqualTo(3);
        assertThat(event.recipe()).isEqualTo(RECIPE);
        DatasetManifest manifest = Json.read(store.read(event.manifest()), DatasetManifest.class);
        assertThat(manifest.accepted())
                .extracting(picture -> picture.fileName())
                .containsExactly("1.jpg", "2.png");
        assertThat(store.read(manifest.accepted().get(0).original())).isEqualTo(photo(1, "jpg"));

        given().post("/runs/" + run + "/start").then().statusCode(202);
        upload(run, "late.png", photo(9, "png")).statusCode(409).body("detail", containsString("has started"));
        awaitState(run, "Validating");
        given().get("/runs/" + run)
                .then()
                .body("pictures.accepted", equalTo(2))
                .body("pictures.rejected", equalTo(3))
                .body("recipe.baseModel", equalTo("tiny"));
    }

    @Test
    void picturesOfTheClassAndRegionsComeWithTheOthers() {
        String run = open("regions");
        given().body(photo(1, "png"))
                .contentType("application/octet-stream")
                .queryParam("regions", "head 0.4 0.1 0.2 0.25;subject 0 0 1 1")
                .put(runs + "/" + run + "/pictures/1.png")
                .then()
                .statusCode(200);
        given().body(photo(2, "png"))
                .contentType("application/octet-stream")
                .queryParam("regions", "head 400 100 20 25")
                .put(runs + "/" + run + "/pictures/2.png")
                .then()
                .statusCode(400)
                .body("detail", containsString("x of a region"));
        given().urlEncodingEnabled(false)
                .body(photo(3, "png"))
                .contentType("application/octet-stream")
                .put(runs + "/" + run + "/pictures/class-pictures%2F1.png")
                .then()
                .statusCode(200);
        given().get("/runs/" + run + "/pictures/report").then().body("pictures", equalTo(1));

        given().post("/runs/" + run + "/start").then().statusCode(202);

        DatasetAccepted event = event(Topics.DATASET_ACCEPTED, run, DatasetAccepted.class);
        DatasetManifest manifest = Json.read(store.read(event.manifest()), DatasetManifest.class);
        assertThat(manifest.accepted()).extracting(AcceptedPicture::ofTheClass).containsExactly(false, true);
        assertThat(manifest.accepted().get(0).regions()).hasSize(2);
        assertThat(manifest.accepted().get(1).regions()).isNull();
    }

    @Test
    void aRecipeThatContradictsItselfOpensNoRun() {
        given().contentType("application/json")
                .body("{\"name\": \"plain\", \"recipe\": {\"prior\": {\"mode\": \"OFF\"}}}")
                .post(runs)
                .then()
                .statusCode(422)
                .body("detail", containsString("set plainFineTuning=true where that is wanted"));
        given().contentType("application/json")
                .body("{\"name\": \"by class\", \"recipe\": {\"subject\": {\"promptedBy\": \"CLASS_WORD\"}}}")
                .post(runs)
                .then()
                .statusCode(201)
                .body("recipe.prior.mode", equalTo("WHOLE_PICTURES"));
    }

    @Test
    void theSameUploadAgainGivesTheSameVerdict() {
        String run = open("twice");

        upload(run, "1.jpg", photo(1, "jpg")).statusCode(200);
        upload(run, "1.jpg", photo(1, "jpg")).statusCode(200);

        given().get("/runs/" + run + "/pictures").then().body("$", hasSize(1));
    }

    @Test
    void otherBytesNeverTakeThePlaceOfAPictureThatWasAccepted() {
        String run = open("replaced");
        upload(run, "1.png", "no picture".getBytes(UTF_8)).statusCode(422);
        upload(run, "1.png", photo(1, "png")).statusCode(200);

        upload(run, "1.png", photo(2, "png"))
                .statusCode(422)
                .body("detail", containsString("'1.png': another picture of this name is in the run already"));
        upload(run, "1.png", "no picture".getBytes(UTF_8)).statusCode(422);

        given().get("/runs/" + run + "/pictures")
                .then()
                .body("$", hasSize(1))
                .body("[0].sha256", equalTo(Sha256.of(photo(1, "png"))));
    }

    @Test
    void namesThatAgreeInTheirBeginningTheirEndOrAllButTheFolderAreDifferentPictures() {
        String run = open("alike");
        String agreeing = "a".repeat(220);
        upload(run, agreeing + "1.png", photo(1, "png")).statusCode(200);
        upload(run, agreeing + "2.png", photo(2, "png")).statusCode(200);
        upload(run, "first/1.png", photo(3, "png")).statusCode(200);
        upload(run, "second/1.png", photo(4, "png")).statusCode(200);
        upload(run, "é.png", photo(5, "png")).statusCode(200);
        upload(run, "e\u0301.png", photo(6, "png")).statusCode(200);
        upload(run, "É.PNG", photo(7, "png")).statusCode(200);

        given().get("/runs/" + run + "/pictures").then().body("findAll { it.accepted }", hasSize(7));
    }

    @Test
    void aPictureBeyondTheLastThatARunTakesIsNamedInItsReport() {
        String run = open("many");
        for (int i = 0; i < MOST_PICTURES; i++) {
            upload(run, i + ".txt", "no picture".getBytes(UTF_8)).statusCode(422);
        }

        upload(run, "late.png", photo(1, "png"))
                .statusCode(422)
                .body("detail", containsString("'late.png': the run has %d pictures already".formatted(MOST_PICTURES)));

        given().get("/runs/" + run + "/pictures").then().body("fileName", hasItem("late.png"));
    }

    @Test
    void aCaptionOfAnyLengthTravelsInABody() throws Exception {
        String run = open("captioned");
        upload(run, "1.png", photo(1, "png")).statusCode(200);
        String caption = "一位女子在公園裡, ".repeat(2000).strip();

        assertThat(caption(run, "1.png", caption.getBytes(UTF_8)).statusCode()).isEqualTo(200);
        given().get("/runs/" + run + "/pictures").then().body("[0].caption", equalTo(caption));

        assertThat(caption(run, "1.png", new byte[0]).statusCode()).isEqualTo(200);
        given().get("/runs/" + run + "/pictures").then().body("[0].caption", nullValue());
    }

    @Test
    void aCaptionThatFillsTheMemoryIsRefused() throws Exception {
        String run = open("book");
        upload(run, "1.png", photo(1, "png")).statusCode(200);

        HttpResponse<String> book = caption(run, "1.png", "x".repeat(900_000).getBytes(UTF_8));

        assertThat(book.statusCode()).isEqualTo(422);
        assertThat(book.body()).contains("the caption has 900000 characters; wanted at most 100000");
    }

    @Test
    void aCaptionThatNobodyCanReadIsRefused() throws Exception {
        String run = open("uncaptioned");
        upload(run, "1.png", photo(1, "png")).statusCode(200);

        HttpResponse<String> utf16 = caption(run, "1.png", "a woman".getBytes(UTF_16LE));
        HttpResponse<String> latin = caption(run, "1.png", "größe".getBytes(ISO_8859_1));
        HttpResponse<String> unknown = caption(run, "2.png", "a woman".getBytes(UTF_8));

        assertThat(utf16.statusCode()).isEqualTo(400);
        assertThat(utf16.body()).contains("UTF-8");
        assertThat(latin.statusCode()).isEqualTo(400);
        assertThat(latin.body()).contains("UTF-8");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("'2.png'");
    }

    private HttpResponse<String> caption(String run, String fileName, byte[] text) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("%s/%s/pictures/%s/caption".formatted(runs, run, fileName)))
                .header("Content-Type", "text/plain")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(text))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aRunWithoutAUsablePictureDoesNotStart() {
        String run = open("empty");
        given().post("/runs/" + run + "/start")
                .then()
                .statusCode(422)
                .body("detail", containsString("upload at least one"));

        upload(run, "x.png", "no".getBytes(UTF_8)).statusCode(422);

        given().post("/runs/" + run + "/start")
                .then()
                .statusCode(422)
                .body("detail", containsString("the only picture, '"));
    }

    /** As if the process had been killed after it wrote the manifest and before it sent the event. */
    @Test
    void aStartThatWasInterruptedIsFinishedByTheNextProcess() {
        String run = open("killed");
        upload(run, "1.jpg", photo(1, "jpg")).statusCode(200);
        RunId id = new RunId(run);
        drafts.freeze(new DatasetManifest(id, List.of(drafts.verdicts(id).get(0).accepted()), List.of()));

        assertThat(unfinishedStarts.finishAll()).isTrue();

        assertThat(event(Topics.DATASET_ACCEPTED, run, DatasetAccepted.class).accepted())
                .isEqualTo(1);
        assertThat(drafts.frozenButNotAnnounced()).doesNotContain(id);
    }
}
