package athanor.train;

import athanor.contracts.rest.CheckpointView;
import athanor.contracts.rest.WorkerView;
import athanor.contracts.run.RunId;
import athanor.shell.ProblemException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What this worker does, and what its trainings have left in the store. */
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

    @GET
    @Path("runs/{id}/checkpoints")
    @Operation(summary = "The complete checkpoints of a run, of any worker")
    public List<CheckpointView> checkpoints(@PathParam("id") RunId run) {
        return service.checkpointsOf(run)
                .orElseThrow(() -> ProblemException.notFound(
                        "run '%s' has not come to a training queue; its state is at GET /runs/%s of ingest-service"
                                .formatted(run, run)));
    }
}
