package athanor.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Random;

/**
 * Unit noise for a batch in which every picture draws from a generator of its own, so that a picture is the same alone, in a
 * batch and on another device.
 */
final class SeededNoise {

    private final List<Random> generators;
    private final int channels;
    private final int height;
    private final int width;

    /**
     * @param seeds one a picture, all 64 bits of which count
     * @param height of the latents
     * @param width of the latents
     */
    SeededNoise(List<Long> seeds, int channels, int height, int width) {
        this.generators = seeds.stream().map(SeededGaussians::of).toList();
        this.channels = channels;
        this.height = height;
        this.width = width;
    }

    /** The next noise of each picture, (B, C, h, w); the first call is the noise a trajectory starts from. */
    NDArray next(NDManager manager) {
        int perPicture = channels * height * width;
        float[] values = new float[generators.size() * perPicture];
        for (int picture = 0; picture < generators.size(); picture++) {
            Random generator = generators.get(picture);
            for (int i = 0; i < perPicture; i++) {
                values[picture * perPicture + i] = (float) generator.nextGaussian();
            }
        }
        return manager.create(values, new Shape(generators.size(), channels, height, width));
    }
}
