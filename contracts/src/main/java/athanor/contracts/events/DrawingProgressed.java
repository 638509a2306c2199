package athanor.contracts.events;

import athanor.contracts.Check;
import athanor.contracts.run.RunId;
import java.time.Instant;

/**
 * How far the pictures are that a run waits for; at most one a second, may be lost, never drives state.
 *
 * @param done pictures that are ready; of several that are drawn together, as many as the steps done would make
 * @param total pictures that are wanted
 * @param etaSeconds until the last one
 */
public record DrawingProgressed(RunId runId, Kind kind, int done, int total, double etaSeconds, Instant at)
        implements RunEvent {

    /** What they are, or are for. */
    public enum Kind {
        /** That came with the run: looked at, one by one. */
        UPLOADED_PICTURES,
        /** Cut and scaled to be trained on. */
        INSTANCE_PICTURES,
        CLASS_PICTURES,
        TEST_PICTURES,
        /** What the finished LoRA is measured by. */
        PROOF_PICTURES
    }

    public DrawingProgressed {
        Check.present(runId, "runId");
        Check.present(kind, "kind");
        Check.present(at, "at");
        Check.atLeast(0, done, "done");
        Check.atLeast(done, total, "total");
    }
}
