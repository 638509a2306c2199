package athanor.contracts.events;

import athanor.contracts.Check;
import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.recipe.RecipeLimits;
import athanor.contracts.run.RunId;
import java.time.Instant;
import java.util.List;

/**
 * Fact: the one LoRA of a run is published.
 *
 * @param steps done; fewer than the recipe's when stopped and kept
 * @param lora safetensors with kohya's keys
 * @param trainedSizes bucket sizes, the most trained first
 * @param seconds of training, over all attempts
 */
public record LoraTrained(
        RunId runId,
        String name,
        int attempt,
        int steps,
        ObjectRef lora,
        List<Size> trainedSizes,
        double finalInstanceLoss,
        double finalPriorLoss,
        double seconds,
        Recipe recipe,
        Instant trainedAt)
        implements RunEvent {

    public LoraTrained {
        Check.present(runId, "runId");
        Check.text(name, "name", RecipeLimits.NAME);
        Check.present(lora, "lora");
        trainedSizes = List.copyOf(Check.present(trainedSizes, "trainedSizes"));
        // What the test pictures are as large as, where the recipe does not say.
        trainedSizes.forEach(size -> Check.that(
                size.pixels() <= 2 * RecipeLimits.PIXELS,
                "%s among the trainedSizes is too large: at most %d pixels are drawn",
                size,
                2 * RecipeLimits.PIXELS));
        Check.present(recipe, "recipe");
        Check.present(trainedAt, "trainedAt");
        Check.atLeast(1, attempt, "attempt");
        Check.atLeast(1, steps, "steps");
    }
}
