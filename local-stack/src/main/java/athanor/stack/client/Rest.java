package athanor.stack.client;

import athanor.contracts.json.Json;
import athanor.contracts.json.JsonException;
import athanor.stack.infra.StackProblem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** HTTP with the answers of the contracts; what goes wrong becomes one sentence. */
final class Rest {

    /** A service that is started again, or anew with another version, is back by then. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Environment variable with the key of a suite that asks for one. */
    private static final String KEY = "ATHANOR_API_KEY";

    private static final int NOT_FOUND = 404;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String base;
    private final Duration longestAnswer;
    private volatile boolean answeredBefore;

    Rest(String base) {
        this(base, Duration.ofMinutes(10));
    }

    /** @param longestAnswer that is waited for */
    Rest(String base, Duration longestAnswer) {
        this.longestAnswer = longestAnswer;
        this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    <T> T get(String path, Class<T> answer) {
        return read(patiently(request(path).GET()), answer);
    }

    byte[] getBytes(String path) {
        return required(patiently(request(path).GET())).body();
    }

    /** Empty when there is no such thing, or not yet. */
    Optional<byte[]> findBytes(String path) {
        HttpResponse<byte[]> answer = patiently(request(path).GET());
        return answer.statusCode() == NOT_FOUND
                ? Optional.empty()
                : Optional.of(required(answer).body());
    }

    /** As that kind of text, where a service offers several kinds. */
    byte[] getBytes(String path, String contentType) {
        return required(patiently(request(path).setHeader("Accept", contentType).GET()))
                .body();
    }

    <T> T post(String path, Object body, Class<T> answer) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.bytes(body)));
        return read(send(request), answer);
    }

    <T> T delete(String path, Class<T> answer) {
        return read(send(request(path).DELETE()), answer);
    }

    /** A picture may be refused, which is an answer and no error: the caller looks at the status. */
    HttpResponse<byte[]> put(String path, byte[] body, String contentType) {
        BodyPublisher bytes = BodyPublishers.ofByteArray(body);
        return send(request(path).header("Content-Type", contentType).PUT(bytes));
    }

    static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What an application/problem+json says, in its own words. */
    static String sentence(HttpResponse<byte[]> response) {
        try {
            ProblemText problem = Json.read(response.body(), ProblemText.class);
            return Stream.of(problem.detail(), problem.title())
                    .filter(said -> said != null && !said.isBlank())
                    .findFirst()
                    .orElseGet(() -> bareAnswer(response));
        } catch (JsonException noProblem) {
            return bareAnswer(response);
        }
    }

    /** All that is wanted of a problem: its other members may be missing (RFC 9457, section 3.1), and with a proxy's they are. */
    private record ProblemText(
            @Nullable String title, @Nullable String detail) {}

    private static String bareAnswer(HttpResponse<byte[]> response) {
        return "%s answered %d".formatted(response.uri(), response.statusCode());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        String key = System.getenv(KEY);
        if (key != null && !key.isBlank()) {
            request.header("Authorization", "Bearer " + key.strip());
        }
        return request.header("Accept", "application/json, application/problem+json, */*;q=0.5")
                .timeout(longestAnswer);
    }

    /** To ask twice is harmless; a service that answered before and now does not is being started again. */
    private HttpResponse<byte[]> patiently(HttpRequest.Builder request) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return send(request);
            } catch (StackProblem silence) {
                if (!answeredBefore || !pause() || System.nanoTime() > deadline) {
                    throw silence;
                }
            }
        }
    }

    /** @return false when somebody wants us to stop */
    private static boolean pause() {
        try {
            Thread.sleep(BETWEEN_TRIES.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
            answeredBefore = true;
            return answer;
        } catch (ConnectException e) {
            throw new StackProblem("nothing answers at %s; start the stack with ./athanor up".formatted(base), e);
        } catch (IOException e) {
            throw new StackProblem("the connection to %s broke: %s".formatted(base, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackProblem("interrupted", e);
        }
    }

    private static HttpResponse<byte[]> required(HttpResponse<byte[]> response) {
        if (response.statusCode() / 100 != 2) {
            throw new StackProblem(sentence(response));
        }
        return response;
    }

    static <T> T read(HttpResponse<byte[]> response, Class<T> answer) {
        try {
            return Json.read(required(response).body(), answer);
        } catch (JsonException e) {
            throw new StackProblem(
                    "%s gives no answer of an Athanor service of this version (%s); check the address, then the version there"
                            .formatted(response.uri(), e.getMessage()),
                    e);
        }
    }
}
