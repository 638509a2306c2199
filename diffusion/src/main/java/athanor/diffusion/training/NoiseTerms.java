package athanor.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.schedule.Mix;
import athanor.diffusion.schedule.NoiseLevel;
import athanor.diffusion.schedule.PredictionType;

/**
 * The numbers that turn clean latents and noise into what the network sees and what it should answer, one column a picture.
 *
 * <pre>
 *   seen   = signal * latents + sigma * noise          (Ho et al. 2020, eq. 4)
 *   wanted = noiseShare * noise + latentShare * latents
 *            epsilon: 1 and 0; velocity: sqrt(abar) and -sqrt(1 - abar) (Salimans and Ho 2022, appendix D)
 *   loss   = sum over pictures of weight * mean squared error
 * </pre>
 */
public final class NoiseTerms {

    /** Rows of the array that programs read. */
    private static final int ROWS = 8;

    private static final int WEIGHT = 5;

    /** TorchScript: {@code noisy} and {@code target}, each (B, C, h, w), from (ROWS, B). */
    public static final String METHODS = """
              def column(self: __torch__.Program, terms: Tensor, row: int) -> Tensor:
                return torch.view(torch.select(terms, 0, row), [-1, 1, 1, 1])
              def noisy(self: __torch__.Program, latents: Tensor, noise: Tensor, terms: Tensor) -> Tensor:
                return torch.add(torch.mul(latents, self.column(terms, 0)), torch.mul(noise, self.column(terms, 1)))
              def target(self: __torch__.Program, latents: Tensor, noise: Tensor, terms: Tensor) -> Tensor:
                return torch.add(torch.mul(noise, self.column(terms, 2)), torch.mul(latents, self.column(terms, 3)))
            """.indent(0);

    private final float[] rows;
    private final int pictures;

    public NoiseTerms(int pictures) {
        this.pictures = pictures;
        this.rows = new float[ROWS * pictures];
    }

    /**
     * @param level share of picture and noise at the timestep
     * @param weight of this picture in the loss; the weights of a batch are not normalised again
     */
    public void set(int picture, int timestep, NoiseLevel level, PredictionType prediction, double weight) {
        Mix target = prediction.target(level);
        put(0, picture, level.alpha());
        put(1, picture, level.sigma());
        put(2, picture, target.second());
        put(3, picture, target.first());
        put(4, picture, timestep);
        put(WEIGHT, picture, weight);
        put(7, picture, 1);
    }

    /** The target of this picture is the frozen base's own prediction. */
    void answersAsTheBase(int picture) {
        put(6, picture, 1);
    }

    /** Where the Huber loss of this picture turns from squared to linear. */
    void huberDelta(int picture, double delta) {
        put(7, picture, delta);
    }

    private void put(int row, int picture, double value) {
        rows[row * pictures + picture] = (float) value;
    }

    public int pictures() {
        return pictures;
    }

    /** @param lossScale factor of every weight, see {@link LossScale} */
    public NDArray array(NDManager scope, float lossScale) {
        float[] scaled = rows.clone();
        for (int i = WEIGHT * pictures; i < (WEIGHT + 1) * pictures; i++) {
            scaled[i] *= lossScale;
        }
        return scope.create(scaled, new Shape(ROWS, pictures));
    }
}
