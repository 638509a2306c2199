package athanor.console.service;

import athanor.access.Caller;
import athanor.contracts.json.Json;
import athanor.contracts.json.JsonException;
import athanor.contracts.rest.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The public REST of the other services. */
@ApplicationScoped
public class Services {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofMinutes(30);
    private static final int NOT_FOUND = 404;
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; *rel=\"next\"");

    private final HttpClient http;
    private final ServiceAddresses addresses;
    private final Supplier<Optional<String>> authorization;

    /** @param caller in whose name the services are asked */
    @Inject
    Services(ServiceAddresses addresses, Caller caller) {
        this(
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(3))
                        .build(),
                addresses,
                caller::authorization);
    }

    private Services(HttpClient http, ServiceAddresses addresses, Supplier<Optional<String>> authorization) {
        this.http = http;
        this.addresses = addresses;
        this.authorization = authorization;
    }

    /** The same for what goes on when the request that is answered now is over. */
    public Services inHisNameLater() {
        Optional<String> now = authorization.get();
        return new Services(http, addresses, () -> now);
    }

    public <T> T get(ServiceName service, String path, Class<T> type) {
        return page(service, path, type).value();
    }

    public <T> Answer<T> page(ServiceName service, String path, Class<T> type) {
        return page(service, path, type, "en");
    }

    /** In a language, where the service speaks several. */
    public <T> Answer<T> page(ServiceName service, String path, Class<T> type, String language) {
        HttpResponse<byte[]> answer =
                bytes(service, request(service, path, SOON).header("Accept-Language", language));
        Matcher link = NEXT.matcher(answer.headers().firstValue("Link").orElse(""));
        return new Answer<>(read(answer, type), link.find() ? Optional.of(link.group(1)) : Optional.empty());
    }

    /** Does not wait for the answer. */
    public <T> Asked<T> ask(ServiceName service, String path, Class<T> type, String language) {
        HttpRequest.Builder request = request(service, path, SOON).header("Accept-Language", language);
        return sent(service, request, BodyHandlers.ofByteArray()).then(answer -> read(accepted(answer), type));
    }

    /** Empty when there is no such thing, or not yet. */
    public <T> Optional<T> find(ServiceName service, String path, Class<T> type) {
        return whereFound(() -> get(service, path, type));
    }

    public static <T> Optional<T> whereFound(Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (ServiceRefusedException e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** As the service sends it, without the whole of it in memory. */
    public HttpResponse<InputStream> open(ServiceName service, String path) {
        HttpResponse<InputStream> answer = send(service, request(service, path, LONG), BodyHandlers.ofInputStream());
        if (answer.statusCode() / 100 != 2) {
            try (InputStream body = answer.body()) {
                throw refused(answer.statusCode(), body.readAllBytes(), answer.uri());
            } catch (IOException e) {
                throw new ServiceAwayException(service, addresses.of(service), e);
            }
        }
        return answer;
    }

    public <T> T post(ServiceName service, String path, Object body, Class<T> type) {
        return post(service, path, Json.bytes(body), type);
    }

    public <T> T post(ServiceName service, String path, byte[] json, Class<T> type) {
        return send(
                service,
                "POST",
                path,
                BodyPublishers.ofByteArray(json),
                Map.of("Content-Type", "application/json"),
                type);
    }

    public <T> T send(
            ServiceName service,
            String method,
            String path,
            BodyPublisher body,
            Map<String, String> headers,
            Class<T> type) {
        HttpRequest.Builder request = request(service, path, LONG).method(method, body);
        headers.forEach(request::header);
        return read(bytes(service, request), type);
    }

    /** Follows a stream of lines until the subscriber cancels. */
    public void follow(ServiceName service, String path, Flow.Subscriber<String> lines) {
        HttpRequest request = inHisName(HttpRequest.newBuilder(URI.create(addresses.of(service) + path)))
                .header("Accept", "text/event-stream")
                .build();
        http.sendAsync(request, BodyHandlers.fromLineSubscriber(lines)).whenComplete((answer, problem) -> {
            if (problem != null) {
                lines.onError(new ServiceAwayException(service, addresses.of(service), problem));
            }
        });
    }

    public static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(ServiceName service, String path, Duration patience) {
        return inHisName(HttpRequest.newBuilder(URI.create(addresses.of(service) + path)))
                .header("Accept", "application/json, application/problem+json, */*;q=0.5")
                .timeout(patience);
    }

    private HttpRequest.Builder inHisName(HttpRequest.Builder request) {
        authorization.get().ifPresent(given -> request.header("Authorization", given));
        return request;
    }

    private HttpResponse<byte[]> bytes(ServiceName service, HttpRequest.Builder request) {
        return accepted(send(service, request, BodyHandlers.ofByteArray()));
    }

    private static HttpResponse<byte[]> accepted(HttpResponse<byte[]> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw refused(answer.statusCode(), answer.body(), answer.uri());
        }
        return answer;
    }

    private <T> HttpResponse<T> send(
            ServiceName service, HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        return sent(service, request, body).get();
    }

    private <T> Asked<HttpResponse<T>> sent(
            ServiceName service, HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        return new Asked<>(service, addresses.of(service), http.sendAsync(request.build(), body));
    }

    private static ServiceRefusedException refused(int status, byte[] body, URI asked) {
        try {
            return new ServiceRefusedException(
                    status, Json.read(body, Problem.class).detail());
        } catch (JsonException e) {
            return new ServiceRefusedException(status, "%s answered %d".formatted(asked, status));
        }
    }

    private static <T> T read(HttpResponse<byte[]> answer, Class<T> type) {
        return type == String.class
                ? type.cast(new String(answer.body(), StandardCharsets.UTF_8))
                : Json.read(answer.body(), type);
    }
}
