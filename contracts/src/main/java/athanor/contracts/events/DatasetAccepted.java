package athanor.contracts.events;

import athanor.contracts.Check;
import athanor.contracts.ObjectRef;
import athanor.contracts.dataset.DatasetManifest;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.recipe.RecipeLimits;
import athanor.contracts.run.RunId;
import java.time.Instant;

/**
 * Fact: the uploads of a run are closed and its dataset has at least one usable picture.
 *
 * @param name name of the run for people
 * @param manifest a {@link DatasetManifest} as JSON
 * @param accepted pictures taken
 * @param rejected pictures left out
 */
public record DatasetAccepted(
        RunId runId, String name, ObjectRef manifest, int accepted, int rejected, Recipe recipe, Instant acceptedAt)
        implements RunEvent {

    public DatasetAccepted {
        Check.present(runId, "runId");
        Check.text(name, "name", RecipeLimits.NAME);
        Check.present(manifest, "manifest");
        Check.present(recipe, "recipe");
        Check.present(acceptedAt, "acceptedAt");
        Check.atLeast(1, accepted, "accepted");
        Check.atLeast(0, rejected, "rejected");
    }
}
