package athanor.train;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Not alive when a thread is gone or a training hangs in native code: only a restart helps then. */
@Liveness
@ApplicationScoped
class WorkerLiveness implements HealthCheck {

    private final TrainService service;

    WorkerLiveness(TrainService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("worker").status(service.alive()).build();
    }
}
