package athanor.shell;

import athanor.contracts.events.RunEvent;
import athanor.contracts.run.RunId;
import java.util.Optional;

/** What a service does with one kind of event. A second delivery changes nothing. */
@FunctionalInterface
public interface EventHandler<T extends RunEvent> {

    void handle(T event);

    /**
     * Why the record is put aside without touching its run, whether that lives or is over: for what contradicts an event
     * that was handled before.
     */
    default Optional<String> refuse(T event) {
        return Optional.empty();
    }

    /**
     * Whether the run still waits for this event. Then a record that was meant to be it and cannot be read is the end of the
     * run; otherwise it is only put aside.
     */
    default boolean isAwaitedBy(RunId run) {
        return false;
    }
}
