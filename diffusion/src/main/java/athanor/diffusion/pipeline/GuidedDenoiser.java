package athanor.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.runtime.DiffusionModel;
import athanor.diffusion.runtime.LoraSet;
import athanor.diffusion.runtime.TextEmbedding;
import athanor.diffusion.sampler.Denoiser;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Classifier-free guidance (Ho and Salimans 2022, eq. 6): both prompts in one call of the network, and from the negative one's
 * prediction through the prompt's and beyond, {@code e = e0 + scale * (e1 - e0)}.
 */
public final class GuidedDenoiser implements Denoiser {

    private final DiffusionModel model;
    private final LoraSet lora;
    private final double scale;
    private final boolean guided;
    private final TextEmbedding text;
    private final @Nullable NDArray timeIds;

    /**
     * @param negative embeddings of the negative prompts, (B, L, D); null calls the network for the prompts alone
     * @param positive embeddings of the prompts, (B, L, D)
     * @param timeIds SDXL's geometry, (B, 6), the same for both; null for other families
     * @param scale 1 is the prompt's own prediction, 0 the negative one's
     */
    public GuidedDenoiser(
            DiffusionModel model,
            LoraSet lora,
            @Nullable TextEmbedding negative,
            TextEmbedding positive,
            @Nullable NDArray timeIds,
            double scale) {
        this.model = model;
        this.lora = lora;
        this.scale = scale;
        this.guided = negative != null;
        this.text = negative == null ? positive : both(negative, positive);
        this.timeIds = timeIds;
    }

    @Override
    public NDArray predict(NDArray input, double timestep) {
        NDManager scope = input.getManager();
        float[] timesteps = new float[(int) input.getShape().get(0)];
        Arrays.fill(timesteps, (float) timestep);
        NDArray predicted = // (B, C, h, w), guided (2B, C, h, w)
                model.denoise(scope, input, scope.create(timesteps, new Shape(timesteps.length)), text, timeIds, lora);
        if (!guided) {
            return predicted;
        }
        NDList halves = predicted.split(2);
        NDArray away = halves.get(0);
        return away.add(halves.get(1).sub(away).mul(scale));
    }

    private static TextEmbedding both(TextEmbedding negative, TextEmbedding positive) {
        NDArray first = negative.pooled();
        NDArray second = positive.pooled();
        return new TextEmbedding(
                negative.hidden().concat(positive.hidden()),
                first == null || second == null ? null : first.concat(second));
    }
}
