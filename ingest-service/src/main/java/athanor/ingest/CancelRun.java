package athanor.ingest;

import athanor.contracts.events.RunSnapshot;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Makes a cancellation the run's end, wherever the run is: nothing that its services do afterwards is told any more. They
 * hear of it by the command and stop.
 */
@ApplicationScoped
class CancelRun {

    private final Outbox outbox;

    CancelRun(Outbox outbox) {
        this.outbox = outbox;
    }

    /** @return how the run ended: by this cancellation, or before it */
    RunState of(RunId run, String name) {
        RunState wanted = new RunState.Cancelled();
        return outbox.publishState(run, name, wanted).map(RunSnapshot::state).orElse(wanted);
    }
}
