package athanor.shell;

import athanor.contracts.json.Json;
import athanor.contracts.rest.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/**
 * A refusal before a body was read. The connection ends with it, because the rest of the body may still be on its way; a moment
 * later, because a sender that finds it closed while it sends does not read the answer.
 */
public final class ProblemAnswer {

    private static final long MOMENT_MILLIS = 1000;

    private ProblemAnswer() {}

    public static void send(RoutingContext request, int status, String title, String sentence) {
        if (request.response().ended() || request.response().closed()) {
            return;
        }
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end(Json.write(Problem.of(status, title, sentence)));
        request.request().resume();
        request.vertx()
                .setTimer(MOMENT_MILLIS, later -> request.request().connection().close());
    }
}
