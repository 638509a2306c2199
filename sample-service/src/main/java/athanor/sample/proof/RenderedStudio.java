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
import java.util.ArrayList;
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

    /** As many as are drawn side by side; between two lots whoever waits for other pictures has a turn. */
    private static final int AT_A_TIME = 8;

    @Override
    public List<BufferedImage> draw(@Nullable Trial trial, List<Asked> wanted) {
        List<AppliedLora> loras = trial == null ? List.of() : List.of(lora.apply(trial));
        List<BufferedImage> drawn = new ArrayList<>();
        for (int first = 0; first < wanted.size(); first += AT_A_TIME) {
            List<Asked> lot = wanted.subList(first, Math.min(wanted.size(), first + AT_A_TIME));
            drawn.addAll(renderer.render(wishing(loras, lot), cancelled).pictures());
        }
        return drawn;
    }

    private RenderWish wishing(List<AppliedLora> loras, List<Asked> wanted) {
        return new RenderWish(
                        wish.baseModel(),
                        loras,
                        wanted.stream()
                                .map(asked -> new PromptedSeed(asked.prompt(), asked.seed()))
                                .toList(),
                        wish.negativePrompt(),
                        wish.size(),
                        wish.steps(),
                        wish.guidance(),
                        wish.sampler())
                .watchedBy(count.apply(wanted.size()));
    }

    @Override
    public List<float[]> look(List<BufferedImage> pictures) {
        return renderer.look(wish.baseModel(), pictures, classPrompt, cancelled);
    }
}
