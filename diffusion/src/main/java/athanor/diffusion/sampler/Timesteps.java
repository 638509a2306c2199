package athanor.diffusion.sampler;

import athanor.diffusion.schedule.TimestepSpacing;

/**
 * Which timesteps are visited, falling. The arithmetic is NumPy's to the last bit (halves round to even, {@code arange} adds
 * multiples of a rounded step), because one timestep more or less is a different trajectory.
 */
final class Timesteps {

    private Timesteps() {}

    /** @param count how many, counting both ends; one alone is the first end, 0 */
    static double[] evenly(double last, int count) {
        double[] falling = new double[count];
        double step = count > 1 ? last / (count - 1) : 0;
        for (int i = 0; i < count; i++) {
            falling[count - 1 - i] = i * step;
        }
        if (count > 1) {
            falling[0] = last;
        }
        return falling;
    }

    /** @param ratio distance of two timesteps, a whole number */
    static double[] leading(int count, int ratio, int offset) {
        double[] falling = new double[count];
        for (int i = 0; i < count; i++) {
            falling[count - 1 - i] = (double) i * ratio + offset;
        }
        return falling;
    }

    /**
     * @param from one more than the first timestep
     * @param ratio distance of two timesteps
     */
    static double[] trailing(int count, int from, double ratio) {
        double step = (from - ratio) - from;
        // the reference, rounding, sometimes adds a timestep -1 to runs of 61 steps and more
        int fitting = Math.min(count, (int) Math.ceil(from / ratio));
        double[] falling = new double[fitting];
        for (int i = 0; i < fitting; i++) {
            falling[i] = Math.rint(from + i * step) - 1;
        }
        return falling;
    }

    /** For samplers that want {@code count} timesteps of the whole schedule. */
    static double[] spaced(TimestepSpacing spacing, int count, int trained, int offset) {
        return switch (spacing) {
            case LINSPACE -> evenly(trained - 1, count);
            case LEADING -> leading(count, trained / count, offset);
            case TRAILING -> trailing(count, trained, trained / (double) count);
        };
    }

    static double[] rounded(double[] timesteps) {
        double[] whole = new double[timesteps.length];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = Math.rint(timesteps[i]);
        }
        return whole;
    }

    /** A plan needs a step, and not more of them than the model was trained with. */
    static void check(int steps, int trained) {
        if (steps < 1 || steps > trained) {
            throw new IllegalArgumentException(
                    "%d sampling steps; this model allows 1 to %d".formatted(steps, trained));
        }
    }
}
