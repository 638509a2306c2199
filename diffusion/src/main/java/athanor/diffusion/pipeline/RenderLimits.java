package athanor.diffusion.pipeline;

import athanor.diffusion.model.BaseModel;
import athanor.diffusion.sampler.SamplerName;

/** What a base can draw, told without loading it: nobody shall learn it when a training is over. */
public final class RenderLimits {

    private RenderLimits() {}

    /** @throws IllegalArgumentException with a sentence, where {@link TextToImage} would throw one */
    public static void check(BaseModel base, int width, int height, int steps, SamplerName sampler) {
        int factor = Math.max(8, base.vaeConfig().factor());
        if (width < factor || height < factor || width % factor != 0 || height % factor != 0) {
            throw new IllegalArgumentException("%d x %d pixels cannot be rendered; this base wants multiples of %d"
                    .formatted(width, height, factor));
        }
        sampler.of(base.schedulerConfig()).plan(steps);
    }
}
