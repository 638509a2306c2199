package athanor.train.publish;

import athanor.contracts.events.RunEvent;

/** Sends facts. An event counts as sent when the broker has acknowledged it; otherwise this throws. */
@FunctionalInterface
public interface Outbox {

    /**
     * @param stage with run and sequence the identity of the event, see {@link athanor.contracts.events.EventId}
     */
    void publish(RunEvent event, String stage, long sequence);
}
