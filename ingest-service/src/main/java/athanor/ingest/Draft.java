package athanor.ingest;

import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.RunId;
import java.time.Instant;

/** A run whose pictures are still being collected. */
record Draft(RunId runId, String name, Recipe recipe, Instant createdAt) {}
