package athanor.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.OutOfMemoryException;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.model.ModelFamily;
import athanor.diffusion.runtime.DiffusionModel;
import athanor.diffusion.runtime.LoraSet;
import athanor.diffusion.runtime.TextEmbedding;
import athanor.diffusion.schedule.NoiseLevel;
import athanor.diffusion.schedule.NoiseSchedule;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a base sees in pictures: the activations of its UNet on lightly noised ones (DIFT, Tang et al. 2023). A base that can
 * draw a thing has learnt to tell it from others, so this needs no weights but its own. The LoRA has no part in it: what is
 * judged must not judge.
 *
 * <p>As its model, it serves one thread at a time.
 */
public final class PictureFeatures {

    /** Of a thousand timesteps: little noise shows what a surface is like, more of it how things are laid out. */
    private static final double[] TIMES = {0.05, 0.15, 0.26};

    /** The same noise for every picture: a difference between two pictures is then a difference of what they show. */
    private static final long SEED = 20_230_606;

    /** Activations at a time, so that a large base's do not fill a card. */
    private static final int LATENTS_AT_ONCE = 16 * 16 * 8;

    private final BaseModel base;
    private final DiffusionModel model;
    private final PromptEncoder prompts;
    private final LatentEncoder encoder;
    private final NoiseSchedule schedule;

    /** @param model the networks of the base; stays open */
    public PictureFeatures(BaseModel base, DiffusionModel model) {
        this.base = base;
        this.model = model;
        this.prompts = new PromptEncoder(base, model);
        this.encoder = new LatentEncoder(model, base.vaeConfig());
        this.schedule = NoiseSchedule.of(base.schedulerConfig());
    }

    /**
     * @param pictures of sides that the base can draw; those of one size are faster side by side
     * @param prompt what the base is told to see, the same for all that are compared: the class, for example
     * @return for each picture, by timestep: mean and deviation of every channel over the picture
     * @throws OutOfMemoryException where the pictures do not fit
     */
    public List<float[]> of(List<BufferedImage> pictures, String prompt) {
        return OutOfMemoryException.translating(() -> {
            List<float[]> features = new ArrayList<>();
            try (NDManager scope = model.newScope()) {
                TextEmbedding text =
                        prompts.encode(scope, prompt, LoraSet.none()).text();
                for (int first = 0; first < pictures.size(); ) {
                    int count = atOnce(pictures.subList(first, pictures.size()));
                    features.addAll(batch(scope, pictures.subList(first, first + count), text));
                    first += count;
                }
            }
            return features;
        });
    }

    /** So many from the beginning: of one size, and no more than fit. */
    private int atOnce(List<BufferedImage> pictures) {
        int factor = base.vaeConfig().factor();
        BufferedImage first = pictures.get(0);
        int most = Math.max(1, LATENTS_AT_ONCE / (first.getWidth() / factor * (first.getHeight() / factor)));
        int count = 1;
        while (count < Math.min(most, pictures.size())
                && pictures.get(count).getWidth() == first.getWidth()
                && pictures.get(count).getHeight() == first.getHeight()) {
            count++;
        }
        return count;
    }

    private List<float[]> batch(NDManager owner, List<BufferedImage> pictures, TextEmbedding prompt) {
        int count = pictures.size();
        try (NDManager scope = owner.newSubManager()) {
            NDArray latents = encoder.encode(scope, pictures); // (B, C, h, w)
            Shape shape = latents.getShape();
            TextEmbedding text = repeated(prompt, count);
            NDArray timeIds = timeIds(scope, pictures.get(0), count);
            NDList parts = new NDList();
            SeededNoise noises =
                    new SeededNoise(List.of(SEED), (int) shape.get(1), (int) shape.get(2), (int) shape.get(3));
            for (double time : TIMES) {
                int timestep = (int) Math.round(time * schedule.timesteps());
                NoiseLevel level = schedule.level(timestep);
                NDArray noised =
                        latents.mul(level.alpha()).add(noises.next(scope).mul(level.sigma()));
                float[] timesteps = new float[count];
                Arrays.fill(timesteps, timestep);
                NDArray seen = model.features(scope, noised, scope.create(timesteps), text, timeIds);
                parts.add(pooled(seen));
            }
            NDArray rows = NDArrays.concat(parts, 1); // (B, timesteps x 2F)
            float[] flat = rows.toFloatArray();
            int width = flat.length / count;
            List<float[]> features = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                features.add(Arrays.copyOfRange(flat, i * width, (i + 1) * width));
            }
            return features;
        }
    }

    /** (B, F, h, w) to (B, 2F). */
    private static NDArray pooled(NDArray maps) {
        Shape shape = maps.getShape();
        NDArray flat = maps.reshape(shape.get(0), shape.get(1), -1); // (B, F, h w)
        int[] overThePicture = {2};
        NDArray mean = flat.mean(overThePicture, true);
        NDArray deviation = flat.sub(mean).square().mean(overThePicture).sqrt();
        return mean.squeeze(2).concat(deviation, 1);
    }

    private static TextEmbedding repeated(TextEmbedding text, int count) {
        NDArray pooled = text.pooled();
        return new TextEmbedding(text.hidden().repeat(0, count), pooled == null ? null : pooled.repeat(0, count));
    }

    private @Nullable NDArray timeIds(NDManager scope, BufferedImage picture, int count) {
        if (base.family() != ModelFamily.SDXL) {
            return null;
        }
        float[] row = {picture.getHeight(), picture.getWidth(), 0, 0, picture.getHeight(), picture.getWidth()};
        return scope.create(row, new Shape(1, row.length)).repeat(0, count);
    }
}
