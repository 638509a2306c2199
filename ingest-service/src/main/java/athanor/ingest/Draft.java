package athanor.ingest;

import athanor.contracts.Recipe;
import athanor.contracts.RunId;
import java.time.Instant;

/** A run whose pictures are still being collected. */
record Draft(RunId runId, String name, Recipe recipe, Instant createdAt) {}
