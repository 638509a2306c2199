package athanor.stack.service;

import athanor.contracts.json.Json;
import athanor.contracts.json.JsonException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks a service whether it is ready, the way an orchestrator does. */
public final class Readiness {

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

    /** The part of MicroProfile Health's answer that says what is missing. */
    private record Health(@Nullable List<Check> checks) {

        private record Check(
                @Nullable String name,
                @Nullable String status,
                @Nullable Data data) {

            Answer.NotYet lack() {
                Data said = Objects.requireNonNullElse(data, new Data(null, null));
                return new Answer.NotYet(
                        Objects.requireNonNullElse(said.finding(), name + " is down"),
                        Boolean.TRUE.equals(said.lasting()));
            }
        }

        private record Data(
                @Nullable String finding, @Nullable Boolean lasting) {}

        Answer lack() {
            return Stream.ofNullable(checks)
                    .flatMap(List::stream)
                    .filter(check -> "DOWN".equals(check.status()))
                    .findFirst()
                    .<Answer>map(Check::lack)
                    .orElse(SILENT);
        }
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
            return Json.read(health, Health.class).lack();
        } catch (JsonException cutOff) {
            return SILENT;
        }
    }
}
