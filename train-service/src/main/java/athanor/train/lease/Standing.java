package athanor.train.lease;

import athanor.contracts.events.LoraTrained;
import athanor.contracts.run.RunState;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/** Where a training stands. The moves between these are in {@link Lease}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Standing.Queued.class, name = "Queued"),
    @JsonSubTypes.Type(value = Standing.Held.class, name = "Held"),
    @JsonSubTypes.Type(value = Standing.Paused.class, name = "Paused"),
    @JsonSubTypes.Type(value = Standing.Finished.class, name = "Finished"),
    @JsonSubTypes.Type(value = Standing.Failed.class, name = "Failed"),
    @JsonSubTypes.Type(value = Standing.Cancelled.class, name = "Cancelled")
})
@JsonIgnoreProperties("over")
public sealed interface Standing {

    /** When it came to stand so. */
    Instant since();

    /** Whether nothing more will happen to the run here. */
    default boolean over() {
        return this instanceof Finished || this instanceof Failed || this instanceof Cancelled;
    }

    /** Waits for any worker. */
    record Queued(Instant since) implements Standing {}

    /** @param expiresAt when the others may take it, unless it is renewed before; wall clock of the holder */
    record Held(String worker, Instant since, Instant expiresAt) implements Standing {}

    /** Waits for a person. */
    record Paused(Instant since) implements Standing {}

    record Finished(LoraTrained trained, Instant since) implements Standing {}

    record Failed(RunState.Failed why, Instant since) implements Standing {}

    record Cancelled(Instant since) implements Standing {}
}
