package athanor.contracts.events;

import athanor.contracts.Check;
import athanor.contracts.dataset.PictureSource;
import athanor.contracts.dataset.RequestedPicture;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.recipe.RecipeLimits;
import athanor.contracts.run.RunId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The front door for Kafka producers: the pictures lie in a bucket, this one event starts everything.
 *
 * @param name name of the run for people
 * @param pictures one by one, or
 * @param source where all of them are; then pictures may be left out
 */
public record RunRequested(
        RunId runId,
        String name,
        List<RequestedPicture> pictures,
        @Nullable PictureSource source,
        Recipe recipe,
        Instant requestedAt)
        implements RunEvent {

    public RunRequested {
        Check.present(runId, "runId");
        Check.text(name, "name", RecipeLimits.NAME);
        pictures = pictures == null && source != null ? List.of() : List.copyOf(Check.present(pictures, "pictures"));
        Check.that(source == null || pictures.isEmpty(), "pictures and source are there; send one of them");
        Check.within(0, RecipeLimits.PICTURES, pictures.size(), "the number of pictures");
        Check.present(recipe, "recipe");
        Check.present(requestedAt, "requestedAt");
    }

    public RunRequested(RunId runId, String name, List<RequestedPicture> pictures, Recipe recipe, Instant requestedAt) {
        this(runId, name, pictures, null, recipe, requestedAt);
    }
}
