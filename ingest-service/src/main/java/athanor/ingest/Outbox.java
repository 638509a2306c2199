package athanor.ingest;

import athanor.contracts.events.RunEvent;
import athanor.contracts.events.RunSnapshot;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import java.util.Optional;

/**
 * Where a use case hands over what has happened. What a method has returned from is kept and will be told, though the broker may be
 * away or this process may end.
 */
interface Outbox {

    /**
     * @param stage with run and sequence the identity of the event, see {@link athanor.contracts.events.EventId}
     */
    void publish(RunEvent event, String stage, long sequence);

    /** @return the snapshot that will be told: the given state, or how the run has ended; nothing when that was told before */
    Optional<RunSnapshot> publishState(RunId run, String name, RunState state);
}
