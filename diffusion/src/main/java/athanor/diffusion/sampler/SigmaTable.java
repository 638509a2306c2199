package athanor.diffusion.sampler;

import athanor.diffusion.schedule.NoiseSchedule;

/** Noise per unit of picture as a curve over the trained timesteps, read in both directions. */
final class SigmaTable {

    private static final double RHO = 7;

    private final double[] sigmas;

    SigmaTable(NoiseSchedule schedule) {
        sigmas = schedule.sigmas();
    }

    double smallest() {
        return sigmas[0];
    }

    double largest() {
        return sigmas[sigmas.length - 1];
    }

    /** Linear between timesteps, flat beyond the ends. */
    double at(double timestep) {
        double inside = Math.min(Math.max(timestep, 0), sigmas.length - 1.0);
        int below = Math.min((int) inside, sigmas.length - 2);
        return sigmas[below] + (inside - below) * (sigmas[below + 1] - sigmas[below]);
    }

    double[] at(double[] timesteps) {
        double[] values = new double[timesteps.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = at(timesteps[i]);
        }
        return values;
    }

    /** The timestep of a sigma: linear in the logarithm between two timesteps. */
    double timestep(double sigma) {
        double wanted = Math.log(Math.max(sigma, 1e-10));
        int below = 0;
        while (below < sigmas.length - 2 && wanted >= log(below + 1)) {
            below++;
        }
        double share = (wanted - log(below)) / (float) (log(below + 1) - log(below));
        return below + Math.min(Math.max(share, 0), 1);
    }

    double[] timesteps(double[] values) {
        double[] timesteps = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            timesteps[i] = timestep(values[i]);
        }
        return timesteps;
    }

    /** Karras et al. 2022, eq. 5 with rho = 7: dense where there is little noise. */
    static double[] karras(double largest, double smallest, int count) {
        double from = Math.pow(largest, 1 / RHO);
        double to = Math.pow(smallest, 1 / RHO);
        double[] falling = new double[count];
        for (int i = 0; i < count; i++) {
            double ramp = count > 1 ? i / (count - 1.0) : 0;
            falling[i] = Math.pow(from + ramp * (to - from), RHO);
        }
        return falling;
    }

    /** Even in the logarithm, both ends included. */
    double[] logLinear(int count) {
        double[] falling = new double[count];
        double from = Math.log(largest());
        double to = Math.log(smallest());
        for (int i = 0; i < count; i++) {
            falling[i] = Math.exp(from + (to - from) * i / (count - 1.0));
        }
        return falling;
    }

    private float log(int timestep) {
        return (float) Math.log(sigmas[timestep]);
    }
}
