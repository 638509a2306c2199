package athanor.tinybase.measure;

import athanor.diffusion.pipeline.RenderRequest.PromptedSeed;
import athanor.diffusion.runtime.LoraSet;
import athanor.proof.Asked;
import athanor.proof.Sight;
import athanor.proof.Studio;
import athanor.proof.Trial;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Draws for a proof as sample-service does for a quick one.
 *
 * @param checkpoints by their steps, each at strength 1
 */
record DrawnStudio(EvaluationHarness harness, String classPrompt, Map<Integer, LoraSet> checkpoints) implements Studio {

    static final int SAMPLER_STEPS = 8;

    @Override
    public List<BufferedImage> draw(@Nullable Trial trial, List<Asked> wanted) {
        return draw(trial, wanted, 1);
    }

    @Override
    public List<BufferedImage> draw(@Nullable Trial trial, List<Asked> wanted, double times) {
        LoraSet lora = trial == null
                ? LoraSet.none()
                : Objects.requireNonNull(checkpoints.get(trial.step())).times(trial.strength());
        return harness.render(
                lora,
                wanted.stream()
                        .map(asked -> new PromptedSeed(asked.prompt(), asked.seed()))
                        .toList(),
                (int) Math.round(SubjectSet.SIDE * times),
                SAMPLER_STEPS);
    }

    @Override
    public List<float[]> look(List<BufferedImage> pictures) {
        return harness.features(pictures, classPrompt);
    }

    /** The judge, who knows the drawn world. */
    @Override
    public List<Optional<Sight>> see(List<BufferedImage> pictures) {
        return harness.look(pictures).stream()
                .map(seen -> seen.framing().map(framing -> new Sight(framing.word(), !seen.isOnePerson())))
                .toList();
    }
}
