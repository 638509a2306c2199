package athanor.diffusion.schedule;

/**
 * How much of a latent is picture and how much is noise: {@code x = alpha * x_0 + sigma * noise}, of unit variance.
 *
 * @param alpha share of the picture, 1 when there is no noise, 0 when there is nothing else
 * @param sigma share of the noise, {@code sqrt(1 - alpha^2)}
 */
public record NoiseLevel(double alpha, double sigma) {

    /** No noise at all: where every sampler wants to arrive. */
    public static final NoiseLevel CLEAN = new NoiseLevel(1, 0);

    /** @param alphaCumprod alpha squared, 0..1 */
    public static NoiseLevel ofAlphaCumprod(double alphaCumprod) {
        return new NoiseLevel(Math.sqrt(alphaCumprod), Math.sqrt(1 - alphaCumprod));
    }

    /** @param ratio noise per unit of picture, the "sigma" of Karras et al. 2022, 0 and more */
    public static NoiseLevel ofRatio(double ratio) {
        double alpha = 1 / Math.sqrt(ratio * ratio + 1);
        return new NoiseLevel(alpha, ratio * alpha);
    }

    /** Noise per unit of picture, the "sigma" of Karras et al. 2022. */
    public double ratio() {
        return sigma / alpha;
    }

    /** Half the logarithm of the signal-to-noise ratio, the "lambda" of DPM-Solver. */
    public double lambda() {
        return Math.log(alpha / sigma);
    }

    /** Signal-to-noise ratio: variance of the picture over variance of the noise. */
    public double snr() {
        return alpha * alpha / (sigma * sigma);
    }
}
