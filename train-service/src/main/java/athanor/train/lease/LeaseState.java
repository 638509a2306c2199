package athanor.train.lease;

import athanor.contracts.events.LoraTrained;
import athanor.contracts.run.RunState;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/** The state of a training. The moves between these are in {@link Lease}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = LeaseState.Queued.class, name = "Queued"),
    @JsonSubTypes.Type(value = LeaseState.Held.class, name = "Held"),
    @JsonSubTypes.Type(value = LeaseState.Paused.class, name = "Paused"),
    @JsonSubTypes.Type(value = LeaseState.Finished.class, name = "Finished"),
    @JsonSubTypes.Type(value = LeaseState.Failed.class, name = "Failed"),
    @JsonSubTypes.Type(value = LeaseState.Cancelled.class, name = "Cancelled")
})
@JsonIgnoreProperties("over")
public sealed interface LeaseState {

    /** When the training came into this state. */
    Instant since();

    /** Whether nothing more will happen to the run here. */
    default boolean over() {
        return this instanceof Finished || this instanceof Failed || this instanceof Cancelled;
    }

    /** Waits for any worker. */
    record Queued(Instant since) implements LeaseState {}

    /** @param expiresAt when the others may take it, unless it is renewed before; wall clock of the holder */
    record Held(String worker, Instant since, Instant expiresAt) implements LeaseState {}

    /** Waits for a person. */
    record Paused(Instant since) implements LeaseState {}

    record Finished(LoraTrained trained, Instant since) implements LeaseState {}

    record Failed(RunState.Failed why, Instant since) implements LeaseState {}

    record Cancelled(Instant since) implements LeaseState {}
}
