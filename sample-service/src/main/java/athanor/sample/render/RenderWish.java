package athanor.sample.render;

import athanor.contracts.Size;
import athanor.contracts.recipe.SamplerName;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What shall be drawn.
 *
 * @param baseModel name of the base
 * @param loras applied together; empty for the base alone
 * @param pictures prompt and seed of each
 * @param negativePrompt empty for none
 * @param steps sampler steps
 * @param guidance classifier-free guidance scale; 1 is none
 * @param longest the drawing may take; absent: as long as it takes
 * @param watch told how far it is; absent: nobody wants to know
 */
public record RenderWish(
        String baseModel,
        List<AppliedLora> loras,
        List<PromptedSeed> pictures,
        String negativePrompt,
        Size size,
        int steps,
        double guidance,
        SamplerName sampler,
        @Nullable Duration longest,
        @Nullable DrawingWatch watch) {

    public RenderWish {
        loras = List.copyOf(loras);
        pictures = List.copyOf(pictures);
    }

    /** One that takes its time. */
    public RenderWish(
            String baseModel,
            List<AppliedLora> loras,
            List<PromptedSeed> pictures,
            String negativePrompt,
            Size size,
            int steps,
            double guidance,
            SamplerName sampler) {
        this(baseModel, loras, pictures, negativePrompt, size, steps, guidance, sampler, null, null);
    }

    /** One that may not take longer. */
    public RenderWish within(Duration most) {
        return new RenderWish(baseModel, loras, pictures, negativePrompt, size, steps, guidance, sampler, most, watch);
    }

    /** One that somebody waits for. */
    public RenderWish watchedBy(DrawingWatch onlooker) {
        return new RenderWish(
                baseModel, loras, pictures, negativePrompt, size, steps, guidance, sampler, longest, onlooker);
    }

    /** One picture: what it shows and which noise it starts from. */
    public record PromptedSeed(String prompt, long seed) {}
}
