package athanor.shell;

import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Requests about a run have its id in their path as {@code {id}}; their log lines get it too. */
public class RunLogFilter {

    @ServerRequestFilter
    public void note(ContainerRequestContext request) {
        String run = request.getUriInfo().getPathParameters().getFirst("id");
        if (run == null) {
            MDC.remove(RunLog.FIELD);
        } else {
            MDC.put(RunLog.FIELD, run);
        }
    }
}
