package athanor.diffusion.schedule;

import java.util.List;

/**
 * The forward process of a base: how much of the picture is left at each of its timesteps (Ho et al. 2020, eq. 4).
 *
 * <p>Timestep 0 is the cleanest, the last one is (nearly) pure noise. Betas and alphas are rounded to float32 where the
 * reference rounds them, products run in double; see {@link BetaSchedule}.
 */
public final class NoiseSchedule {

    /** What samplers that divide by the picture's share put for a last timestep without any: float16's smallest. */
    private static final double NEARLY_NO_PICTURE = 0x1p-24;

    private final float[] alphasCumprod;

    private NoiseSchedule(float[] alphasCumprod) {
        this.alphasCumprod = alphasCumprod;
    }

    /** The schedule that a base was trained with. */
    public static NoiseSchedule of(SchedulerConfig config) {
        SchedulerConfig.Betas settings = config.betas();
        float[] betas = settings.trained()
                .map(NoiseSchedule::toFloats)
                .orElseGet(() -> settings.schedule().betas(settings.start(), settings.end(), settings.timesteps()));
        return new NoiseSchedule(cumulativeProduct(settings.zeroTerminalSnr() ? zeroTerminalSnr(betas) : betas));
    }

    /** Betas whose square roots are evenly spaced, as in every Stable Diffusion model. */
    public static NoiseSchedule scaledLinear(double betaStart, double betaEnd, int timesteps) {
        return new NoiseSchedule(cumulativeProduct(BetaSchedule.SCALED_LINEAR.betas(betaStart, betaEnd, timesteps)));
    }

    /** How many timesteps there are, mostly 1000. */
    public int timesteps() {
        return alphasCumprod.length;
    }

    /** The share of the picture's variance at a timestep, 1 (clean) to 0 (noise). */
    public double alphaCumprod(int timestep) {
        if (timestep < 0 || timestep >= alphasCumprod.length) {
            throw new IllegalArgumentException(
                    "timestep %d does not exist; this schedule has 0 to %d (fewer steps may help)"
                            .formatted(timestep, alphasCumprod.length - 1));
        }
        return alphasCumprod[timestep];
    }

    /** Factors of picture and noise at a timestep. */
    public NoiseLevel level(int timestep) {
        double alphaCumprod = alphaCumprod(timestep);
        // the reference subtracts in float32, and near timestep 0 that shows
        return new NoiseLevel(Math.sqrt(alphaCumprod), Math.sqrt(1f - (float) alphaCumprod));
    }

    /** Signal-to-noise ratio at a timestep; zero at the end of a schedule with zero terminal SNR. */
    public double snr(int timestep) {
        return level(timestep).snr();
    }

    /**
     * Noise per unit of picture at every timestep, rising; finite also where there is no picture left, as samplers need it.
     * For Stable Diffusion 1.5 from 0.0292 to 14.6146.
     */
    public double[] sigmas() {
        double[] sigmas = new double[alphasCumprod.length];
        for (int t = 0; t < sigmas.length; t++) {
            float alpha = alphasCumprod[t] == 0 ? (float) NEARLY_NO_PICTURE : alphasCumprod[t];
            sigmas[t] = (float) Math.sqrt((1f - alpha) / alpha);
        }
        return sigmas;
    }

    private static float[] toFloats(List<Double> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        return floats;
    }

    private static float[] cumulativeProduct(float[] betas) {
        float[] products = new float[betas.length];
        double product = 1;
        for (int t = 0; t < betas.length; t++) {
            product *= 1f - betas[t];
            products[t] = (float) product;
        }
        return products;
    }

    /**
     * Betas stretched so that nothing of the picture is left at the end (Lin et al. 2023, algorithm 1): the square roots
     * of the cumulative products are shifted to end at zero and scaled to begin where they began.
     */
    private static float[] zeroTerminalSnr(float[] betas) {
        float[] products = cumulativeProduct(betas);
        float first = (float) Math.sqrt(products[0]);
        float last = (float) Math.sqrt(products[products.length - 1]);
        float stretch = first / (first - last);
        float[] rescaled = new float[betas.length];
        float before = 1;
        for (int t = 0; t < betas.length; t++) {
            float root = ((float) Math.sqrt(products[t]) - last) * stretch;
            float product = root * root;
            rescaled[t] = 1 - product / before;
            before = product;
        }
        return rescaled;
    }
}
