package athanor.shell;

import athanor.contracts.rest.Problem;
import athanor.store.StoreException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error of a request as problem+json with a sentence; a stack trace goes to the log alone. */
public class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    private static final int UNAVAILABLE = 503;
    private static final int RETRY_AFTER_SECONDS = 10;

    @ServerExceptionMapper
    public RestResponse<Problem> refused(ProblemException e) {
        return answer(e.problem());
    }

    /** No problem at all: the answer that a request had the first time, see {@link FirstAnswers}. */
    @ServerExceptionMapper
    public RestResponse<String> answeredBefore(ReplayedAnswerException e) {
        RestResponse.ResponseBuilder<String> again = RestResponse.ResponseBuilder.<String>create(
                        e.answer().status())
                .entity(e.answer().body())
                .type(MediaType.APPLICATION_JSON)
                .header(FirstAnswers.REPLAYED, "true");
        String location = e.answer().location();
        return location == null
                ? again.build()
                : again.location(URI.create(location)).build();
    }

    /** The contracts refuse values with sentences that were written for the caller. */
    @ServerExceptionMapper
    public RestResponse<Problem> badValue(IllegalArgumentException e) {
        return answer(Problem.of(400, "bad request", String.valueOf(e.getMessage())));
    }

    @ServerExceptionMapper
    public RestResponse<Problem> store(StoreException e) {
        LOG.warn(e.getMessage());
        int status = e.mayPass() || e.kind() == StoreException.Kind.REFUSED ? 503 : 500;
        return answer(Problem.of(status, "object store", String.valueOf(e.getMessage())));
    }

    @ServerExceptionMapper
    public RestResponse<Problem> broker(EventNotSentException e) {
        LOG.warn(e.getMessage());
        return answer(Problem.of(503, "event broker", String.valueOf(e.getMessage())));
    }

    @ServerExceptionMapper
    public RestResponse<Problem> tooLarge(EventTooLargeException e) {
        LOG.warn(e.getMessage());
        return answer(Problem.of(422, "unusable", String.valueOf(e.getMessage())));
    }

    /** What the framework itself refuses: unknown paths, methods, media types. */
    @ServerExceptionMapper
    public RestResponse<Problem> framework(WebApplicationException e, ContainerRequestContext request) {
        if (e.getCause() instanceof IllegalArgumentException unreadable) {
            return answer(Problem.of(400, "bad request", misread(unreadable, request)));
        }
        Response.StatusType status = e.getResponse().getStatusInfo();
        return answer(Problem.of(
                status.getStatusCode(),
                status.getReasonPhrase(),
                "%s; /q/swagger-ui of this service shows what is possible".formatted(found(e, request))));
    }

    /** A part of the address that is none of its kind; to the framework there is nothing at such an address. */
    private static String misread(IllegalArgumentException e, ContainerRequestContext request) {
        if (!(e instanceof NumberFormatException)) {
            return String.valueOf(e.getMessage());
        }
        URI asked = request.getUriInfo().getRequestUri();
        return "%s%s has a value that is no whole number, or one that is too large"
                .formatted(asked.getPath(), asked.getQuery() == null ? "" : "?" + asked.getQuery());
    }

    private static String found(WebApplicationException e, ContainerRequestContext request) {
        String path = request.getUriInfo().getRequestUri().getPath();
        return switch (e.getResponse().getStatus()) {
            case 404 -> "there is nothing at %s".formatted(path);
            case 405 -> "%s does not take %s".formatted(path, request.getMethod());
            case 406 -> "%s has no answer of the type %s".formatted(path, request.getHeaderString("Accept"));
            case 415 ->
                "%s does not take a body of the type %s".formatted(path, request.getHeaderString("Content-Type"));
            default -> String.valueOf(e.getMessage());
        };
    }

    @ServerExceptionMapper
    public RestResponse<Problem> unexpected(Throwable e) {
        String mark = UUID.randomUUID().toString();
        LOG.errorf(e, "A request failed, mark %s", mark);
        return answer(Problem.of(
                500, "internal error", "the service failed; the log has the cause beside the mark %s".formatted(mark)));
    }

    private static RestResponse<Problem> answer(Problem problem) {
        RestResponse.ResponseBuilder<Problem> answer = RestResponse.ResponseBuilder.<Problem>create(problem.status())
                .entity(problem)
                .type(Problem.MEDIA_TYPE);
        if (problem.status() == UNAVAILABLE) {
            answer.header("Retry-After", RETRY_AFTER_SECONDS);
        }
        return answer.build();
    }
}
