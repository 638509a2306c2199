package athanor.stack.client;

import athanor.contracts.json.Json;
import athanor.stack.infra.StackProblem;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/** HTTP with JSON answers; what goes wrong becomes one sentence. */
final class Rest {

    private static final ObjectMapper JSON = Json.mapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String base;

    Rest(String base) {
        this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    JsonNode get(String path) {
        return json(send(request(path).GET()));
    }

    byte[] getBytes(String path) {
        return required(send(request(path).GET())).body();
    }

    JsonNode post(String path, Object body) {
        return json(send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.bytes(body)))));
    }

    JsonNode delete(String path) {
        return json(send(request(path).DELETE()));
    }

    /** A picture may be refused, which is an answer and no error: the caller looks at the status. */
    HttpResponse<byte[]> put(String path, byte[] body, String contentType) {
        BodyPublisher bytes = BodyPublishers.ofByteArray(body);
        return send(request(path).header("Content-Type", contentType).PUT(bytes));
    }

    static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What a problem+json body says, in its own words. */
    static String sentence(HttpResponse<byte[]> response) {
        JsonNode problem = parse(response);
        String said = problem.path("detail").asText(problem.path("title").asText(""));
        return said.isBlank() ? "%s answered %d".formatted(response.uri(), response.statusCode()) : said;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .header("Accept", "application/json, application/problem+json, */*;q=0.5")
                .timeout(Duration.ofMinutes(10));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
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

    private static JsonNode json(HttpResponse<byte[]> response) {
        return parse(required(response));
    }

    static JsonNode parse(HttpResponse<byte[]> response) {
        try {
            return JSON.readTree(new String(response.body(), StandardCharsets.UTF_8));
        } catch (JsonProcessingException notJson) {
            return JSON.missingNode();
        }
    }
}
