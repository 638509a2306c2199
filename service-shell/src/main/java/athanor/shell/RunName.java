package athanor.shell;

import athanor.contracts.DatasetAccepted;
import athanor.contracts.DatasetPrepared;
import athanor.contracts.LoraTrained;
import athanor.contracts.RunEvent;
import athanor.contracts.RunRequested;
import athanor.contracts.RunSnapshot;

/** What people call the run of an event; the run id where the event does not say. */
final class RunName {

    private RunName() {}

    static String of(RunEvent event) {
        if (event instanceof RunRequested requested) {
            return requested.name();
        }
        if (event instanceof DatasetAccepted accepted) {
            return accepted.name();
        }
        if (event instanceof DatasetPrepared prepared) {
            return prepared.name();
        }
        if (event instanceof LoraTrained trained) {
            return trained.name();
        }
        return event instanceof RunSnapshot snapshot
                ? snapshot.name()
                : event.runId().value();
    }
}
