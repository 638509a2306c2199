package athanor.shell;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

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
        long announced = announced(request);
        if (announced <= bytes) {
            request.next();
        } else {
            refuse(request, announced, bytes);
        }
    }

    static void refuse(RoutingContext request, long found, long most) {
        ProblemAnswer.send(
                request,
                413,
                "too large",
                "the body has %d bytes; %d are the most that this service reads, send less".formatted(found, most));
    }

    /** What is no number is the framework's to refuse. */
    static long announced(RoutingContext request) {
        String header = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return header == null ? 0 : Long.parseLong(header);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
