package athanor.contracts.events;

import athanor.contracts.Check;
import athanor.contracts.dataset.RequestedPicture;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.recipe.RecipeLimits;
import athanor.contracts.run.RunId;
import java.time.Instant;
import java.util.List;

/**
 * The front door for Kafka producers: the pictures lie in a bucket, this one event starts everything.
 *
 * @param name name of the run for people
 */
public record RunRequested(
        RunId runId, String name, List<RequestedPicture> pictures, Recipe recipe, Instant requestedAt)
        implements RunEvent {

    public RunRequested {
        Check.present(runId, "runId");
        Check.text(name, "name", RecipeLimits.NAME);
        pictures = List.copyOf(Check.present(pictures, "pictures"));
        Check.within(0, RecipeLimits.PICTURES, pictures.size(), "the number of pictures");
        Check.present(recipe, "recipe");
        Check.present(requestedAt, "requestedAt");
    }
}
