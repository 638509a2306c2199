package athanor.sample.proof;

import athanor.contracts.Size;
import athanor.proof.Asked;
import athanor.proof.Sight;
import athanor.proof.Studio;
import athanor.proof.Trial;
import athanor.sample.render.AppliedLora;
import athanor.sample.render.CannotRenderException;
import athanor.sample.render.DrawingWatch;
import athanor.sample.render.RenderWish;
import athanor.sample.render.RenderWish.PromptedSeed;
import athanor.sample.render.Renderer;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Draws and looks for one proof.
 *
 * @param wish what the base alone would draw, without pictures
 * @param classPrompt what the base is told to see
 * @param lora of a trial
 * @param sights tells people
 * @param count of the pictures that are drawn
 * @param cancelled asked between two steps of the sampler
 */
public record RenderedStudio(
        Renderer renderer,
        RenderWish wish,
        String classPrompt,
        Function<Trial, AppliedLora> lora,
        PeopleSights sights,
        IntFunction<DrawingWatch> count,
        BooleanSupplier cancelled)
        implements Studio {

    private static final Logger LOG = Logger.getLogger(RenderedStudio.class);

    /** As many as are drawn side by side; between two lots whoever waits for other pictures has a turn. */
    private static final int AT_A_TIME = 8;

    /** Larger sides are what every base can draw a multiple of. */
    private static final int STEP = 64;

    private static final int SMALL = 512;
    private static final int STEP_OF_SMALL = 8;

    @Override
    public List<BufferedImage> draw(@Nullable Trial trial, List<Asked> wanted) {
        return draw(trial, wanted, wish.size());
    }

    @Override
    public List<BufferedImage> draw(@Nullable Trial trial, List<Asked> wanted, double times) {
        try {
            return draw(
                    trial,
                    wanted,
                    new Size(side(wish.size().width(), times), side(wish.size().height(), times)));
        } catch (CannotRenderException e) {
            LOG.infof("Nothing is measured at %s times the trained size: %s", times, e.getMessage());
            return List.of();
        }
    }

    private static int side(int trained, double times) {
        int step = trained < SMALL ? STEP_OF_SMALL : STEP;
        return (int) Math.round(trained * times / step) * step;
    }

    private List<BufferedImage> draw(@Nullable Trial trial, List<Asked> wanted, Size size) {
        List<AppliedLora> loras = trial == null ? List.of() : List.of(lora.apply(trial));
        List<BufferedImage> drawn = new ArrayList<>();
        for (int first = 0; first < wanted.size(); first += AT_A_TIME) {
            List<Asked> lot = wanted.subList(first, Math.min(wanted.size(), first + AT_A_TIME));
            drawn.addAll(renderer.render(wishing(loras, lot, size), cancelled).pictures());
        }
        return drawn;
    }

    private RenderWish wishing(List<AppliedLora> loras, List<Asked> wanted, Size size) {
        return new RenderWish(
                        wish.baseModel(),
                        loras,
                        wanted.stream()
                                .map(asked -> new PromptedSeed(asked.prompt(), asked.seed()))
                                .toList(),
                        wish.negativePrompt(),
                        size,
                        wish.steps(),
                        wish.guidance(),
                        wish.sampler())
                .watchedBy(count.apply(wanted.size()));
    }

    @Override
    public List<Optional<Sight>> see(List<BufferedImage> pictures) {
        return pictures.stream().map(sights::of).toList();
    }

    @Override
    public List<float[]> look(List<BufferedImage> pictures) {
        return renderer.look(wish.baseModel(), pictures, classPrompt, cancelled);
    }
}
