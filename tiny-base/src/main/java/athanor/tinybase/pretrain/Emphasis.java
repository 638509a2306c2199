package athanor.tinybase.pretrain;

import athanor.diffusion.schedule.NoiseLevel;
import athanor.diffusion.schedule.PredictionType;
import athanor.diffusion.training.MinSnr;
import athanor.tinybase.world.Figure;
import athanor.tinybase.world.Scene;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.Random;

/**
 * What the denoiser's training dwells on. A face at full body is some twenty of 256 latent pixels and is drawn in the last, nearly
 * noiseless steps; trained evenly, eyes and glasses there stay smears long after everything else is clean.
 */
enum Emphasis {
    /** Every timestep and latent pixel alike, with min-SNR weights (Hang et al. 2023). */
    EVEN("denoiser"),
    /** Little noise more often and with its full weight, full bodies more often, heads as if they were large in every picture. */
    FACES("faces");

    private static final double MIN_SNR_GAMMA = 5;
    /** Of the pictures of a batch, besides the third of the others. */
    private static final double FULL_BODIES = 0.4;
    /** Share of a picture's weight that a head has at least. */
    private static final double HEAD_SHARE = 0.4;
    /** With more noise it is still open where the head will be, and its weight would draw heads everywhere. */
    private static final double HEAD_IS_PLACED = 0.5;

    private final String stage;

    Emphasis(String stage) {
        this.stage = stage;
    }

    String stage() {
        return stage;
    }

    /** Whether this picture of a batch has to be a full body. */
    boolean choosesFullBody(int picture, int batch) {
        return this == FACES && picture < FULL_BODIES * batch;
    }

    int timestep(Random random, int timesteps) {
        if (this == EVEN) {
            return random.nextInt(timesteps);
        }
        double uniform = random.nextDouble();
        return (int) (uniform * uniform * timesteps);
    }

    double weight(NoiseLevel level) {
        return this == EVEN ? MinSnr.weight(level, PredictionType.EPSILON, MIN_SNR_GAMMA) : 1;
    }

    /** Weights of a picture's latent pixels, (side, side), flat; 1 is ordinary. */
    float[] cellWeights(Scene scene, double noise, int side) {
        float[] weights = new float[side * side];
        Arrays.fill(weights, 1);
        if (this == EVEN || noise > HEAD_IS_PLACED) {
            return weights;
        }
        Rectangle2D head = Figure.of(scene, side, side).head();
        int left = (int) Math.max(0, Math.floor(head.getMinX()));
        int top = (int) Math.max(0, Math.floor(head.getMinY()));
        int right = (int) Math.min(side, Math.ceil(head.getMaxX()));
        int bottom = (int) Math.min(side, Math.ceil(head.getMaxY()));
        double cells = (double) (right - left) * (bottom - top);
        float weight = (float) Math.max(1, HEAD_SHARE * weights.length / cells);
        for (int y = top; y < bottom; y++) {
            Arrays.fill(weights, y * side + left, y * side + right, weight);
        }
        return weights;
    }
}
