package athanor.stack.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import athanor.contracts.json.Json;
import athanor.contracts.rest.RunView;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunsClientTest {

    private static final int RUNS = 1_201;
    private static final Pattern PAGE = Pattern.compile("limit=(\\d+)(?:&after=r-(\\d+))?");
    private static final RunView ANY = Json.read("""
            {"runId": "r-0", "name": "r", "state": {"type": "Requested"}, "updatedAt": "2026-01-01T00:00:00Z",
            "history": [], "verdicts": []}""", RunView.class);

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
        byte[] body = exchange.getRequestMethod().equals("GET")
                ? page(exchange.getRequestURI().getQuery())
                : Json.bytes(ANY);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static byte[] page(String query) {
        Matcher wanted = PAGE.matcher(query);
        assertThat(wanted.matches()).as(query).isTrue();
        int from = wanted.group(2) == null ? 0 : Integer.parseInt(wanted.group(2)) + 1;
        int to = Math.min(RUNS, from + Integer.parseInt(wanted.group(1)));
        String one = Json.write(ANY);
        return IntStream.range(from, to)
                .mapToObj(number -> one.replace("r-0", "r-" + number))
                .toList()
                .toString()
                .getBytes(UTF_8);
    }

    private RunsClient client() {
        return new RunsClient("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Test
    void allRunsComeFromAllPages() {
        assertThat(client().all())
                .extracting(run -> run.runId().value())
                .hasSize(RUNS)
                .doesNotHaveDuplicates();
        assertThat(requests).hasSize(3);
    }

    @Test
    void whoeverFollowsARunWaitsForAServiceThatIsStartedAgain() throws IOException {
        RunsClient client = client();
        client.all();
        InetSocketAddress address = server.getAddress();
        server.stop(0);
        new Timer(true)
                .schedule(
                        new TimerTask() {
                            @Override
                            public void run() {
                                startAgainAt(address);
                            }
                        },
                        500);

        assertThat(client.all()).hasSize(RUNS);
    }

    @Test
    void aServiceThatNeverAnsweredIsNotWaitedFor() {
        server.stop(0);

        assertThatThrownBy(() -> client().all()).hasMessageStartingWith("nothing answers at http://127.0.0.1:");
    }

    private void startAgainAt(InetSocketAddress address) {
        try {
            server = HttpServer.create(address, 0);
            server.createContext("/", this::answer);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aRunIsTakenUpAgainByACommand() {
        client().resume("anna-1");

        assertThat(requests).containsExactly("POST /runs/anna-1/commands/resume");
    }
}
