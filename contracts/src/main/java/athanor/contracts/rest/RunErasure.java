package athanor.contracts.rest;

import athanor.contracts.run.RunId;
import java.time.Instant;

/**
 * How far the erasing of a run is.
 *
 * @param done whether nothing is left
 */
public record RunErasure(RunId runId, Instant requestedAt, boolean done) {}
