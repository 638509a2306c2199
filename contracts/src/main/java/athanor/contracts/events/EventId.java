package athanor.contracts.events;

import athanor.contracts.Check;
import athanor.contracts.run.RunId;

/**
 * Identity of an event ({@code ce_id}): {@code <runId>/<stage>/<sequence>}. It is computed from what the event says, never
 * drawn, so a stage that runs again after a crash says the same id and the second delivery is recognised.
 */
public record EventId(String value) {

    public EventId {
        Check.text(value, "event id");
    }

    /**
     * @param stage who speaks about what, for example {@code train/checkpoint}
     * @param sequence tells the events of one stage apart, for example the step
     */
    public static EventId of(RunId runId, String stage, long sequence) {
        Check.text(stage, "stage");
        return new EventId(runId.value() + "/" + stage + "/" + sequence);
    }

    @Override
    public String toString() {
        return value;
    }
}
