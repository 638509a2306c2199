package athanor.diffusion.pipeline;

import athanor.diffusion.sampler.SamplerName;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What to draw.
 *
 * @param pictures a prompt and a seed for each picture
 * @param negativePrompt what guidance leads away from; empty for nothing in particular
 * @param width pixels, a multiple of 8 and of the VAE's factor
 * @param height pixels, likewise
 * @param steps calls of the network for each picture
 * @param guidance classifier-free guidance scale (Ho and Salimans 2022); only above 1 is anything guided, as in diffusers: up to
 *     there the prompt alone counts and the negative one is not even read
 * @param batch pictures that are rendered at once, at least 1; a matter of memory and speed only
 */
public record RenderRequest(
        List<PromptedSeed> pictures,
        String negativePrompt,
        int width,
        int height,
        int steps,
        double guidance,
        SamplerName sampler,
        int batch) {

    /** A picture's prompt, with weights as {@link WeightedPrompt} reads them, and the seed of its noise. */
    public record PromptedSeed(String prompt, long seed) {}

    public RenderRequest {
        pictures = List.copyOf(pictures);
        if (pictures.isEmpty()) {
            throw new IllegalArgumentException("no picture was asked for");
        }
        if (width < 8 || height < 8 || width % 8 != 0 || height % 8 != 0) {
            throw new IllegalArgumentException(
                    "%d x %d pixels cannot be rendered; both sides must be multiples of 8".formatted(width, height));
        }
        if (steps < 1 || batch < 1) {
            throw new IllegalArgumentException(
                    "%d steps in batches of %d; both must be at least 1".formatted(steps, batch));
        }
        if (!Double.isFinite(guidance)) {
            throw new IllegalArgumentException("guidance is %s, wanted a number such as 7".formatted(guidance));
        }
    }

    /** One prompt with the seeds {@code firstSeed}, {@code firstSeed + 1}, ...: DPM++ 2M Karras, 20 steps, guidance 7. */
    public static RenderRequest of(String prompt, long firstSeed, int count, int width, int height) {
        List<PromptedSeed> pictures = LongStream.range(0, count)
                .mapToObj(i -> new PromptedSeed(prompt, firstSeed + i)) // past the largest it goes on at the smallest
                .toList();
        return new RenderRequest(pictures, "", width, height, 20, 7, SamplerName.DPMPP_2M_KARRAS, Math.min(count, 8));
    }

    /** Whether the negative prompt counts. */
    boolean isGuided() {
        return guidance > 1;
    }

    public RenderRequest withNegativePrompt(String prompt) {
        return new RenderRequest(pictures, prompt, width, height, steps, guidance, sampler, batch);
    }

    public RenderRequest withSteps(int count) {
        return new RenderRequest(pictures, negativePrompt, width, height, count, guidance, sampler, batch);
    }

    public RenderRequest withGuidance(double scale) {
        return new RenderRequest(pictures, negativePrompt, width, height, steps, scale, sampler, batch);
    }

    public RenderRequest withSampler(SamplerName name) {
        return new RenderRequest(pictures, negativePrompt, width, height, steps, guidance, name, batch);
    }

    public RenderRequest withBatch(int size) {
        return new RenderRequest(pictures, negativePrompt, width, height, steps, guidance, sampler, size);
    }
}
