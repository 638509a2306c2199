package athanor.ingest;

import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;

/** A run begins as a draft that waits for pictures. */
@ApplicationScoped
class OpenRun {

    /** Of SD 1.x, where nobody told us where bases lie. */
    private static final int COMMON_SIDE = 512;

    private final BaseModels bases;
    private final Drafts drafts;
    private final Outbox outbox;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    OpenRun(BaseModels bases, Drafts drafts, Outbox outbox, Clock clock) {
        this.bases = bases;
        this.drafts = drafts;
        this.outbox = outbox;
        this.clock = clock;
    }

    Draft with(String name, Recipe recipe) {
        return as(RunId.fresh(name, random), name, recipe);
    }

    /** For a producer that chose the id; a second time gives the draft that is there. */
    Draft as(RunId run, String name, Recipe recipe) {
        drafts.open(new Draft(run, name, whole(recipe), clock.instant()));
        Draft draft = drafts.find(run).orElseThrow();
        outbox.publishState(run, draft.name(), new RunState.Requested());
        return draft;
    }

    /** What a recipe leaves to chance or to the base is written down in the draft, so that every service reads the same. */
    private Recipe whole(Recipe recipe) {
        return withArea(recipe.withSeedsDecided(random));
    }

    Recipe withArea(Recipe recipe) {
        return recipe.withAreaFor(nativeSide(recipe.baseModel()));
    }

    /** Pixels of the square that a base was made for. */
    int nativeSide(String baseModel) {
        return bases.nativeSide(baseModel).orElse(COMMON_SIDE);
    }
}
