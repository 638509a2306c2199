package athanor.shell;

import athanor.contracts.events.ClassPicturesRendered;
import athanor.contracts.events.ClassPicturesRequested;
import athanor.contracts.events.DatasetAccepted;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.events.LoraTrained;
import athanor.contracts.events.RunEvent;
import athanor.contracts.events.RunRequested;
import athanor.contracts.events.RunSnapshot;
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
