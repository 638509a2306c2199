package athanor.shell;

import athanor.contracts.ClassPicturesRendered;
import athanor.contracts.ClassPicturesRequested;
import athanor.contracts.DatasetAccepted;
import athanor.contracts.DatasetPrepared;
import athanor.contracts.LoraTrained;
import athanor.contracts.RunEvent;
import athanor.contracts.RunRequested;
import athanor.contracts.RunSnapshot;
import java.util.Objects;

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
        if (event instanceof RunSnapshot snapshot) {
            return snapshot.name();
        }
        String id = event.runId().value();
        if (event instanceof ClassPicturesRequested requested) {
            return Objects.requireNonNullElse(requested.name(), id);
        }
        return event instanceof ClassPicturesRendered rendered ? Objects.requireNonNullElse(rendered.name(), id) : id;
    }
}
