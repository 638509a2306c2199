package athanor.contracts.events;

import athanor.contracts.Check;
import athanor.contracts.ObjectRef;
import athanor.contracts.dataset.PreparedDataset;
import athanor.contracts.picture.FramingProfile;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.recipe.RecipeLimits;
import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Fact: a run is ready to train. The training queues carry this event.
 *
 * @param prepared a {@link PreparedDataset} as JSON
 * @param memoryClass smallest class of worker that can train it
 * @param attempt 1 at first; a sweep that puts the run back counts up
 * @param framings how its pictures show their person; absent in events of older versions
 */
public record DatasetPrepared(
        RunId runId,
        String name,
        ObjectRef prepared,
        MemoryClass memoryClass,
        int attempt,
        Recipe recipe,
        Instant preparedAt,
        @Nullable FramingProfile framings)
        implements RunEvent {

    public DatasetPrepared(
            RunId runId,
            String name,
            ObjectRef prepared,
            MemoryClass memoryClass,
            int attempt,
            Recipe recipe,
            Instant preparedAt) {
        this(runId, name, prepared, memoryClass, attempt, recipe, preparedAt, null);
    }

    public DatasetPrepared {
        Check.present(runId, "runId");
        Check.text(name, "name", RecipeLimits.NAME);
        Check.present(prepared, "prepared");
        Check.present(memoryClass, "memoryClass");
        Check.present(recipe, "recipe");
        Check.present(preparedAt, "preparedAt");
        Check.atLeast(1, attempt, "attempt");
    }
}
