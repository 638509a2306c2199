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

    private final Drafts drafts;
    private final Outbox outbox;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    OpenRun(Drafts drafts, Outbox outbox, Clock clock) {
        this.drafts = drafts;
        this.outbox = outbox;
        this.clock = clock;
    }

    Draft with(String name, Recipe recipe) {
        return as(RunId.fresh(name, random), name, recipe);
    }

    /** For a producer that chose the id; a second time gives the draft that is there. */
    Draft as(RunId run, String name, Recipe recipe) {
        drafts.open(new Draft(run, name, recipe, clock.instant()));
        Draft draft = drafts.find(run).orElseThrow();
        outbox.publishState(run, draft.name(), new RunState.Requested());
        return draft;
    }
}
