package athanor.sample.render;

import athanor.contracts.Size;
import athanor.contracts.recipe.SamplerName;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
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
 * @param firstPass drawn before, enlarged and drawn over; absent: the picture is drawn at once
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
        @Nullable FirstPass firstPass,
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
        this(baseModel, loras, pictures, negativePrompt, size, steps, guidance, sampler, null, null, null);
    }

    /** One that is drawn smaller first. */
    public RenderWish after(FirstPass first) {
        return new RenderWish(
                baseModel, loras, pictures, negativePrompt, size, steps, guidance, sampler, first, longest, watch);
    }

    /** One that may not take longer. */
    public RenderWish within(Duration most) {
        return new RenderWish(
                baseModel, loras, pictures, negativePrompt, size, steps, guidance, sampler, firstPass, most, watch);
    }

    /** One that somebody waits for. */
    public RenderWish watchedBy(DrawingWatch onlooker) {
        return new RenderWish(
                baseModel,
                loras,
                pictures,
                negativePrompt,
                size,
                steps,
                guidance,
                sampler,
                firstPass,
                longest,
                onlooker);
    }

    /** Whether both are of one batch: they differ in prompts and seeds alone. */
    boolean canBeDrawnWith(RenderWish other) {
        return baseModel.equals(other.baseModel)
                && applied().equals(other.applied())
                && negativePrompt.equals(other.negativePrompt)
                && size.equals(other.size)
                && steps == other.steps
                && guidance == other.guidance
                && sampler == other.sampler
                && Objects.equals(firstPass, other.firstPass);
    }

    private List<String> applied() {
        return loras.stream()
                .map(lora -> lora.sha256() + " at " + lora.strength())
                .toList();
    }

    /** One with the pictures of several. */
    RenderWish with(List<PromptedSeed> all) {
        return new RenderWish(
                baseModel, loras, all, negativePrompt, size, steps, guidance, sampler, firstPass, longest, null);
    }

    /** One picture: what it shows and which noise it starts from. */
    public record PromptedSeed(String prompt, long seed) {}
}
