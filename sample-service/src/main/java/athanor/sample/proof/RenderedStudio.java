package athanor.sample.proof;

import athanor.proof.Asked;
import athanor.proof.Studio;
import athanor.proof.Trial;
import athanor.sample.render.AppliedLora;
import athanor.sample.render.DrawingWatch;
import athanor.sample.render.RenderWish;
import athanor.sample.render.RenderWish.PromptedSeed;
import athanor.sample.render.Renderer;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Draws and looks for one proof.
 *
 * @param wish what the base alone would draw, without pictures
 * @param classPrompt what the base is told to see
 * @param lora of a trial
 * @param count of the pictures that are drawn
 * @param cancelled asked between two steps of the sampler
 */
public record RenderedStudio(
        Renderer renderer,
        RenderWish wish,
        String classPrompt,
        Function<Trial, AppliedLora> lora,
        IntFunction<DrawingWatch> count,
        BooleanSupplier cancelled)
        implements Studio {

    @Override
    public List<BufferedImage> draw(@Nullable Trial trial, List<Asked> wanted) {
        RenderWish wanting = new RenderWish(
                        wish.baseModel(),
                        trial == null ? List.of() : List.of(lora.apply(trial)),
                        wanted.stream()
                                .map(asked -> new PromptedSeed(asked.prompt(), asked.seed()))
                                .toList(),
                        wish.negativePrompt(),
                        wish.size(),
                        wish.steps(),
                        wish.guidance(),
                        wish.sampler())
                .watchedBy(count.apply(wanted.size()));
        return renderer.render(wanting, cancelled).pictures();
    }

    @Override
    public List<float[]> look(List<BufferedImage> pictures) {
        return renderer.look(wish.baseModel(), pictures, classPrompt, cancelled);
    }
}
