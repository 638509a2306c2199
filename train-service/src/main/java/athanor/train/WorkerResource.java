package athanor.train;

import athanor.contracts.rest.WorkerView;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What this worker does. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class WorkerResource {

    private final TrainService service;

    WorkerResource(TrainService service) {
        this.service = service;
    }

    @GET
    @Path("worker")
    @Operation(summary = "What this worker is doing, what it could train, and how many runs wait")
    public WorkerView worker() {
        return service.view();
    }
}
