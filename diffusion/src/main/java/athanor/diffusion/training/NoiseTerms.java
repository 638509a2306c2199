package athanor.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

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
    private static final int ROWS = 6;

    /** TorchScript: {@code noisy} and {@code target}, each (B, C, h, w), from (ROWS, B). */
    static final String METHODS = """
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
     * @param alphaCumprod abar at the timestep
     * @param velocity the network predicts velocity, else noise
     * @param weight of this picture in the loss; the weights of a batch are not normalised again
     */
    public void set(int picture, int timestep, double alphaCumprod, boolean velocity, double weight) {
        double signal = Math.sqrt(alphaCumprod);
        double sigma = Math.sqrt(1 - alphaCumprod);
        put(0, picture, signal);
        put(1, picture, sigma);
        put(2, picture, velocity ? signal : 1);
        put(3, picture, velocity ? -sigma : 0);
        put(4, picture, timestep);
        put(5, picture, weight);
    }

    private void put(int row, int picture, double value) {
        rows[row * pictures + picture] = (float) value;
    }

    int pictures() {
        return pictures;
    }

    NDArray array(NDManager scope) {
        return scope.create(rows, new Shape(ROWS, pictures));
    }
}
