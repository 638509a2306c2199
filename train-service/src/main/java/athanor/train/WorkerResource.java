package athanor.train;

import athanor.contracts.rest.WorkerView;
import athanor.contracts.run.RunId;
import athanor.shell.TenantRuns;
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
    private final TenantRuns tenantRuns;

    WorkerResource(TrainService service, TenantRuns tenantRuns) {
        this.service = service;
        this.tenantRuns = tenantRuns;
    }

    @GET
    @Path("worker")
    @Operation(summary = "What this worker is doing, what it could train, and how many runs wait")
    public WorkerView worker() {
        WorkerView view = service.view();
        WorkerView.Training training = view.training();
        return training == null || tenantRuns.sees(new RunId(training.run()))
                ? view
                : new WorkerView(
                        view.worker(),
                        view.device(),
                        view.serves(),
                        new WorkerView.Training(
                                "of-somebody-else",
                                "of somebody else",
                                training.attempt(),
                                training.step(),
                                training.totalSteps(),
                                training.leaseUntil()),
                        view.waiting());
    }
}
