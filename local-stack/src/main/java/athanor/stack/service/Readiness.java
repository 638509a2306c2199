package athanor.stack.service;

import athanor.contracts.json.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a service whether it is ready, the way an orchestrator does. */
public final class Readiness {

    private static final ObjectMapper JSON = Json.mapper();
    private static final int OK = 200;

    /** What a service says of itself. */
    public sealed interface Answer {

        record Ready() implements Answer {}

        /**
         * @param finding what it lacks, in its own words
         * @param lasting somebody has to change a setting; waiting does not help
         */
        record NotYet(String finding, boolean lasting) implements Answer {}
    }

    private static final Answer SILENT = new Answer.NotYet("it does not answer yet", false);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();

    public Answer of(int port) throws InterruptedException {
        HttpRequest question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/q/health/ready".formatted(port)))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            HttpResponse<String> answer = http.send(question, BodyHandlers.ofString());
            return answer.statusCode() == OK ? new Answer.Ready() : lackIn(answer.body());
        } catch (IOException notYet) {
            return SILENT;
        }
    }

    private static Answer lackIn(String health) {
        try {
            for (JsonNode check : JSON.readTree(health).path("checks")) {
                JsonNode data = check.path("data");
                if (check.path("status").asText().equals("DOWN")) {
                    return new Answer.NotYet(
                            data.path("finding").asText(check.path("name").asText() + " is down"),
                            data.path("lasting").asBoolean());
                }
            }
        } catch (JsonProcessingException cutOff) {
            return SILENT;
        }
        return SILENT;
    }
}
