package athanor.shell;

import athanor.contracts.json.Json;
import athanor.contracts.rest.Problem;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Says why a body that is announced as too large is not read; the framework would close the connection without a word. */
class BodyLimit {

    private static final int BEFORE_THE_FRAMEWORK = 1000;

    private final long bytes;

    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size", defaultValue = "10240K") MemorySize limit) {
        this.bytes = limit.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_THE_FRAMEWORK);
    }

    private void check(RoutingContext request) {
        long announced = announced(request.request().getHeader(HttpHeaders.CONTENT_LENGTH));
        if (announced <= bytes) {
            request.next();
            return;
        }
        Problem problem = Problem.of(
                413,
                "too large",
                "the body has %d bytes; %d are the most that this service reads, send less"
                        .formatted(announced, bytes));
        request.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end(Json.write(problem));
    }

    /** What is no number is the framework's to refuse. */
    private static long announced(@Nullable String header) {
        try {
            return header == null ? 0 : Long.parseLong(header);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
