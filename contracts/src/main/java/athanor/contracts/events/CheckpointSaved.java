package athanor.contracts.events;

import athanor.contracts.Check;
import athanor.contracts.ObjectRef;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.RunId;
import java.time.Instant;

/**
 * Fact: a checkpoint is complete in the store and can be tried out.
 *
 * @param lora safetensors with kohya's keys
 */
public record CheckpointSaved(
        RunId runId, int attempt, int step, int totalSteps, ObjectRef lora, Recipe recipe, Instant savedAt)
        implements RunEvent {

    public CheckpointSaved {
        Check.present(runId, "runId");
        Check.present(lora, "lora");
        Check.present(recipe, "recipe");
        Check.present(savedAt, "savedAt");
        Check.atLeast(1, attempt, "attempt");
        Check.atLeast(0, step, "step");
        Check.atLeast(step, totalSteps, "totalSteps");
    }
}
