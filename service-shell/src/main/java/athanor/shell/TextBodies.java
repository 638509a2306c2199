package athanor.shell;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;

/**
 * Takes bodies that nobody else took off the network before a thread works for their request: one that stalls holds a
 * connection and nothing more. They stand in memory, so they are no longer than recipes, wishes and captions are.
 */
class TextBodies {

    static final int LONGEST = 1 << 20;

    /** After those who take their bodies themselves. */
    private static final int LAST = 500;

    private final BodyHandler whole = BodyHandler.create(false).setBodyLimit(LONGEST);

    void register(@Observes Filters filters) {
        filters.register(this::receive, LAST);
    }

    private void receive(RoutingContext request) {
        boolean empty = "0".equals(request.request().getHeader(HttpHeaders.CONTENT_LENGTH));
        if (empty || request.request().isEnded()) {
            request.next();
        } else if (BodyLimit.announced(request) > LONGEST) {
            BodyLimit.refuse(request, BodyLimit.announced(request), LONGEST);
        } else {
            whole.handle(request);
        }
    }
}
