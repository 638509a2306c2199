package athanor.shell;

import athanor.contracts.guard.GuardAnswer;
import athanor.contracts.rest.Problem;
import athanor.contracts.run.RunId;
import java.util.List;

/** A request that is refused; becomes problem+json. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final transient List<GuardAnswer> guards;

    private ProblemException(int status, String title, String detail) {
        this(status, title, detail, List.of());
    }

    private ProblemException(int status, String title, String detail, List<GuardAnswer> guards) {
        super(detail);
        this.status = status;
        this.title = title;
        this.guards = List.copyOf(guards);
    }

    public static ProblemException badRequest(String detail) {
        return new ProblemException(400, "bad request", detail);
    }

    public static ProblemException unknownRun(RunId run) {
        return new ProblemException(
                404,
                "unknown run",
                "there is no run '%s'; ./athanor runs (GET /runs of ingest-service) lists them".formatted(run));
    }

    /** It was there, and somebody wanted it gone. */
    public static ProblemException gone(String detail) {
        return new ProblemException(410, "gone", detail);
    }

    public static ProblemException notFound(String detail) {
        return new ProblemException(404, "not found", detail);
    }

    /** The run's state does not allow what was asked. */
    public static ProblemException conflict(String detail) {
        return new ProblemException(409, "conflict", detail);
    }

    /** The request can be read but what it brings cannot be used. */
    public static ProblemException unusable(String detail) {
        return new ProblemException(422, "unusable", detail);
    }

    /** Guards do not let it pass. */
    public static ProblemException guarded(String detail, List<GuardAnswer> guards) {
        return new ProblemException(422, "guarded", detail, guards);
    }

    /** The same request can be answered later. */
    public static ProblemException busy(String detail) {
        return new ProblemException(503, "busy", detail);
    }

    Problem problem() {
        return new Problem(
                "about:blank", title, status, String.valueOf(getMessage()), guards.isEmpty() ? null : guards);
    }
}
