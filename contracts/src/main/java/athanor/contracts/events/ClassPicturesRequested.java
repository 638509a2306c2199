package athanor.contracts.events;

import athanor.contracts.Check;
import athanor.contracts.dataset.ClassBatch;
import athanor.contracts.recipe.SamplerName;
import athanor.contracts.run.RunId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fact: a run needs pictures of its class as the base model draws them.
 *
 * @param name of the run for people; absent in older records
 * @param prompt the class prompt
 * @param steps sampler steps
 * @param guidance classifier-free guidance scale
 * @param seed of the first picture; the following ones count up over all batches
 */
public record ClassPicturesRequested(
        RunId runId,
        @Nullable String name,
        String baseModel,
        String prompt,
        List<ClassBatch> batches,
        int steps,
        double guidance,
        SamplerName sampler,
        long seed,
        Instant requestedAt)
        implements RunEvent {

    public ClassPicturesRequested {
        Check.present(runId, "runId");
        Check.text(baseModel, "baseModel");
        Check.text(prompt, "prompt");
        batches = List.copyOf(Check.present(batches, "batches"));
        Check.present(sampler, "sampler");
        Check.present(requestedAt, "requestedAt");
        Check.atLeast(1, steps, "steps");
        Check.between(0, 100, guidance, "guidance");
    }
}
