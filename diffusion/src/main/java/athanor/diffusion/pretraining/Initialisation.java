package athanor.diffusion.pretraining;

import athanor.diffusion.program.ParameterTable;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * First values of a network that is trained from nothing: normal with variance 1 / fan-in, smaller where a residual branch
 * ends so that every block starts near the identity, one for the scale of a norm, zero for a bias.
 */
final class Initialisation {

    private static final List<String> END_OF_BRANCH = List.of(
            "conv2.weight", "proj_out.weight", "to_out.0.weight", "ff.net.2.weight", "out_proj.weight", "fc2.weight");

    private Initialisation() {}

    static float[] draw(ParameterTable table, long seed) {
        Random random = new Random(seed);
        float[] flat = new float[table.totalElements()];
        table.offsets().forEach((name, offset) -> fill(flat, offset, name, table.shape(name), random));
        return flat;
    }

    private static void fill(float[] flat, int offset, String name, int[] shape, Random random) {
        int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        if (shape.length == 1) {
            if (name.endsWith("weight")) {
                Arrays.fill(flat, offset, offset + count, 1f);
            }
            return;
        }
        double deviation = deviation(name, count / shape[0]);
        for (int i = 0; i < count; i++) {
            flat[offset + i] = (float) (random.nextGaussian() * deviation);
        }
    }

    private static double deviation(String name, int fanIn) {
        if (name.endsWith("token_embedding.weight")) {
            return 0.5;
        }
        if (name.endsWith("position_embedding.weight")) {
            return 0.05;
        }
        double deviation = 1 / Math.sqrt(fanIn);
        if (name.equals("unet/conv_out.weight")) {
            return 0.01 * deviation;
        }
        return END_OF_BRANCH.stream().anyMatch(name::endsWith) ? 0.2 * deviation : deviation;
    }
}
