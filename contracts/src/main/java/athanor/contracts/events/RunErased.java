package athanor.contracts.events;

import athanor.contracts.Check;
import athanor.contracts.run.RunId;
import java.time.Instant;

/**
 * Everything of a run is gone from the store; how many objects of each kind there were.
 *
 * @param originals pictures as they were uploaded
 * @param classPictures those that no other run uses
 * @param documents lists, verdicts, drafts and whatever else the services had noted of the run
 */
public record RunErased(
        RunId runId,
        int originals,
        int preparedPictures,
        int classPictures,
        int checkpoints,
        int samples,
        int loras,
        int documents,
        Instant erasedAt)
        implements RunEvent {

    public RunErased {
        Check.present(runId, "runId");
        Check.atLeast(0, originals, "originals");
        Check.atLeast(0, preparedPictures, "preparedPictures");
        Check.atLeast(0, classPictures, "classPictures");
        Check.atLeast(0, checkpoints, "checkpoints");
        Check.atLeast(0, samples, "samples");
        Check.atLeast(0, loras, "loras");
        Check.atLeast(0, documents, "documents");
        Check.present(erasedAt, "erasedAt");
    }
}
