package athanor.stack.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import athanor.contracts.recipe.Recipe;
import athanor.stack.StackAddress;
import athanor.stack.client.PhotographFolder;
import athanor.stack.terminal.Terminal;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that gives fixed answers and notes what it was sent. */
class TrainPhotographsTest {

    private static final String RUN = """
            {"runId": "anna-1", "name": "Anna", "state": %s, "updatedAt": "2026-01-01T00:00:00Z", "history": [],
            "verdicts": []}""";
    private static final String REQUESTED = RUN.formatted("{\"type\": \"Requested\"}");
    private static final String FAILED = RUN.formatted(
            "{\"type\": \"Failed\", \"reason\": \"INTERNAL\", \"evidence\": \"the light went out\", \"remedy\": \"Read.\"}");
    private static final String PREPARING = RUN.formatted("{\"type\": \"Preparing\"}");
    private static final String PLANNED = """
            {"runId": "anna-1", "name": "Anna", "state": {"type": "Preparing"}, "acceptedPictures": 1,
            "rejectedPictures": [], "stages": [], "verdicts": [], "plan": {"area": {"width": 64, "height": 96},
            "buckets": [{"size": {"width": 64, "height": 96}, "instances": 1, "classPictures": 4}],
            "warnings": ["only 1 picture"], "memory": {"area": {"width": 64, "height": 96}, "buckets": [],
            "bytes": 3221225472, "assumedBytes": 1073741824, "kept": 0.25, "warnings": [], "pictures": [], "family": "TINY",
            "memory": "cpu", "memoryBytes": 8589934592, "precision": "float32", "batch": 4, "rank": 16,
            "prior": "CLASS_PICTURES", "recompute": false, "steps": 300, "speed": "not known"}},
            "pictures": [{"sha256": "c0ffee", "place": {"fileName": "01.png", "original": {"width": 640, "height": 1000},
            "bucket": {"width": 64, "height": 96}, "scale": 0.1, "pixelsKept": 0.0096, "cut": 0.04},
            "cut": {"x": 0, "y": 20, "width": 640, "height": 960}, "caption": "a sks woman | half body",
            "captionFrom": "GIVEN", "framing": "HALF", "faces": [], "findings": []}]}""";
    private static final String REPORT = """
            {"runId": "anna-1", "name": "Anna", "state": {"type": "Requested"}, "acceptedPictures": 1,
            "rejectedPictures": [], "stages": [], "verdicts": []}""";
    private static final String BASE = """
            {"name": "tiny", "path": "/models/tiny", "family": "SD1", "sha256": "c0ffee"}""";

    private static final String SET = """
            {"pictures": 1, "accepted": 1, "withFindings": 1, "rejected": 0, "shortSides": [], "findings": {},
            "framings": {}, "alike": [], "next": ["add pictures"]}""";

    private final Map<String, String> answers = new ConcurrentHashMap<>(Map.of(
            "POST /runs", REQUESTED,
            "PUT /runs/anna-1/pictures/01.png", "{}",
            "PUT /runs/anna-1/pictures/01.png/caption", "{}",
            "GET /runs/anna-1/pictures", "[]",
            "GET /runs/anna-1/pictures/report", SET,
            "POST /runs/anna-1/start", REQUESTED,
            "DELETE /runs/anna-1", REQUESTED,
            "GET /base-models", BASE,
            "GET /runs/anna-1/progress", "[]",
            "GET /runs/anna-1/report", REPORT));
    private final Map<String, Runnable> afterwards = new ConcurrentHashMap<>();
    private final Map<String, String> bodies = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private HttpServer server;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("anna")).resolve("01.png"), "pixels");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        requests.add(request);
        bodies.put(request, new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        String answer = answers.get(request);
        afterwards.getOrDefault(request, () -> {}).run();
        byte[] body = (answer == null ? "{\"title\": \"not there\"}" : answer).getBytes(UTF_8);
        exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void aCaptionOfAnyLengthIsSentInABody() throws IOException {
        String caption = "一位女子在公園裡, ".repeat(3000).strip();
        Files.writeString(folder.resolve("anna/01.txt"), caption);
        answers.put("GET /runs/anna-1", FAILED);

        assertThat(train().problem()).hasValueSatisfying(why -> assertThat(why).contains("the light went out"));

        assertThat(bodies).containsEntry("PUT /runs/anna-1/pictures/01.png/caption", caption);
    }

    @Test
    void aRunThatFailedInItsLastStageHandsOverWhatItMade() throws IOException {
        answers.put("GET /runs/anna-1", FAILED);
        answers.put("GET /runs/anna-1/lora", "weights");

        Outcome outcome = train();

        assertThat(outcome.problem()).hasValueSatisfying(why -> assertThat(why).contains("the light went out"));

        assertThat(folder.resolve("out/Anna.safetensors")).hasContent("weights");
        assertThat(folder.resolve("out/report.md")).content().contains("`/models/tiny`, sha256 `c0ffee`");
        assertThat(folder.resolve("out/contact-sheet.png")).doesNotExist();
        assertThat(outcome.files()).containsOnlyKeys("LoRA", "report");
    }

    @Test
    void whichBaseIsUsedIsSaidBeforeAnythingElseIs() {
        answers.put("GET /runs/anna-1", FAILED);

        assertThat(train().problem()).hasValueSatisfying(why -> assertThat(why).contains("the light went out"));

        assertThat(said.toString(UTF_8)).startsWith("base /models/tiny, sha256 c0ffee");
    }

    @Test
    void whatIsToBeKnownOfAPictureThatIsUsedIsSaid() {
        answers.put("GET /runs/anna-1", FAILED);
        answers.put(
                "GET /runs/anna-1/pictures",
                "[{\"fileName\": \"01.png\", \"accepted\": true, \"findings\": [{\"code\": \"COLOUR_PROFILE\","
                        + " \"severity\": \"HINT\", \"sentence\": \"its colour profile is broken\"}]}]");

        assertThat(train().problem()).hasValueSatisfying(why -> assertThat(why).contains("the light went out"));

        assertThat(said.toString(UTF_8))
                .contains("hint     01.png: its colour profile is broken")
                .contains("1 picture: 1 used, 1 of them with findings; 0 not used")
                .contains("next: 1. add pictures");
    }

    @Test
    void thePlanIsSaidWhileTheRunIsPreparedAndIsInTheReport() {
        answers.put("GET /runs/anna-1", PREPARING);
        answers.put("GET /runs/anna-1/report", PLANNED);
        afterwards.put("GET /runs/anna-1/report", () -> answers.put("GET /runs/anna-1", FAILED));

        assertThat(train().problem()).hasValueSatisfying(why -> assertThat(why).contains("the light went out"));

        assertThat(said.toString(UTF_8))
                .containsOnlyOnce("planned  64x96 in 1 size")
                .contains("memory   3.0 of 8.0 GiB; 2.0 counted, 1.0 assumed for what else takes room")
                .contains("time     not known")
                .contains("kept     25 % of the pictures' pixels")
                .contains("! only 1 picture");
        assertThat(folder.resolve("out/report.md"))
                .content()
                .contains(
                        "It was planned to take 3.0 of 8.0 GiB, 2.0 of them counted, and to keep 25 % of the pictures' pixels.")
                .contains("- only 1 picture")
                .contains(
                        "| 01.png | 640 x 1000 | 64 x 96 | 0, 20: 640 x 960 | 0.10 | 1.0 % | half body | a sks woman \\| half body |  |");
    }

    @Test
    void aRunWhosePicturesCannotBeSentDoesNotWaitForThemForEver() {
        answers.remove("POST /runs/anna-1/start");

        assertThatThrownBy(this::train).hasMessage("not there");

        assertThat(requests).last().isEqualTo("DELETE /runs/anna-1");
    }

    private Outcome train() {
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        Terminal terminal = new Terminal(new PrintStream(said, true, UTF_8), new PrintStream(said, true, UTF_8), false);
        return new TrainPhotographs(new StackAddress(address, address, address, "", "", List.of()), terminal, run -> "")
                .train(
                        "Anna",
                        PhotographFolder.read(folder.resolve("anna")).photographs(),
                        Recipe.defaults("tiny", "woman"),
                        Results.in(folder.resolve("out")));
    }
}
