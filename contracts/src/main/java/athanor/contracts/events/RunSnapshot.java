package athanor.contracts.events;

import athanor.contracts.Check;
import athanor.contracts.recipe.RecipeLimits;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import java.time.Instant;

/**
 * Where a run stands; the latest one is kept for ever (compacted topic).
 *
 * @param name name of the run for people
 */
public record RunSnapshot(RunId runId, String name, RunState state, Instant at) implements RunEvent {

    public RunSnapshot {
        Check.present(runId, "runId");
        Check.text(name, "name", RecipeLimits.NAME);
        Check.present(state, "state");
        Check.present(at, "at");
    }
}
