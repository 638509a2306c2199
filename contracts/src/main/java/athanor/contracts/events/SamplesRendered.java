package athanor.contracts.events;

import athanor.contracts.Check;
import athanor.contracts.ObjectRef;
import athanor.contracts.run.RunId;
import java.time.Instant;
import java.util.List;

/**
 * Fact: the test pictures of a checkpoint or of the finished LoRA lie in the store.
 *
 * @param last whether these are the pictures of the finished LoRA
 * @param contactSheet PNG
 * @param verdicts sentences about what the pictures show
 * @param seconds spent rendering
 */
public record SamplesRendered(
        RunId runId,
        int step,
        boolean last,
        List<Sample> samples,
        ObjectRef contactSheet,
        List<String> verdicts,
        double seconds,
        Instant renderedAt)
        implements RunEvent {

    public SamplesRendered {
        Check.present(runId, "runId");
        samples = List.copyOf(Check.present(samples, "samples"));
        Check.present(contactSheet, "contactSheet");
        verdicts = List.copyOf(Check.present(verdicts, "verdicts"));
        Check.present(renderedAt, "renderedAt");
        Check.atLeast(0, step, "step");
    }
}
