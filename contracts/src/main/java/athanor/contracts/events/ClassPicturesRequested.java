package athanor.contracts.events;

import athanor.contracts.Check;
import athanor.contracts.dataset.ClassBatch;
import athanor.contracts.recipe.RecipeLimits;
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
        Check.text(baseModel, "baseModel", RecipeLimits.BASE);
        Check.text(prompt, "prompt", RecipeLimits.PROMPT);
        batches = List.copyOf(Check.present(batches, "batches"));
        Check.present(sampler, "sampler");
        Check.present(requestedAt, "requestedAt");
        Check.within(1, RecipeLimits.SAMPLER_STEPS, steps, "steps");
        // Each size needs at least one, so there may be more than the recipe asks for; never twice as many.
        Check.within(
                0,
                2L * RecipeLimits.CLASS_PICTURES,
                batches.stream().mapToLong(ClassBatch::count).sum(),
                "the number of class pictures");
        Check.between(0, 100, guidance, "guidance");
    }
}
