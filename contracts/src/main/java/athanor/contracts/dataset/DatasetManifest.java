package athanor.contracts.dataset;

import athanor.contracts.Check;
import athanor.contracts.events.DatasetAccepted;
import athanor.contracts.run.RunId;
import java.util.List;

/**
 * The frozen list of pictures of a run; lies in the store, {@link DatasetAccepted} points at it.
 */
public record DatasetManifest(RunId runId, List<AcceptedPicture> accepted, List<RejectedPicture> rejected) {

    public DatasetManifest {
        Check.present(runId, "runId");
        accepted = List.copyOf(Check.present(accepted, "accepted"));
        rejected = List.copyOf(Check.present(rejected, "rejected"));
    }
}
