package athanor.diffusion.schedule;

import java.util.Arrays;
import java.util.Locale;

/**
 * The curves of beta over the timesteps. They are computed in float32 in the order in which PyTorch does it: the smallest
 * sigma hangs on the last digits of {@code 1 - beta}, and bases were trained with just those digits.
 */
public enum BetaSchedule {
    LINEAR,
    /** Linear in the square root: all Stable Diffusion models. */
    SCALED_LINEAR,
    /** The cosine of Nichol and Dhariwal 2021, eq. 17, capped at 0.999. */
    SQUAREDCOS_CAP_V2;

    private static final double LARGEST_BETA = 0.999;

    /** @param name as in {@code scheduler_config.json} */
    public static BetaSchedule named(String name) {
        return Arrays.stream(values())
                .filter(schedule -> schedule.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "beta_schedule is '%s'; linear, scaled_linear and squaredcos_cap_v2 are known"
                                .formatted(name)));
    }

    /** The name in {@code scheduler_config.json}. */
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @return one beta for each timestep, 0..1 */
    float[] betas(double start, double end, int timesteps) {
        return switch (this) {
            case LINEAR -> evenly(start, end, timesteps);
            case SCALED_LINEAR -> squared(evenly(Math.sqrt(start), Math.sqrt(end), timesteps));
            case SQUAREDCOS_CAP_V2 -> cosine(timesteps);
        };
    }

    /** As {@code torch.linspace}: counted from the nearer end, so that both ends are exact. */
    private static float[] evenly(double start, double end, int count) {
        float[] values = new float[count];
        float first = (float) start;
        float last = (float) end;
        float step = count > 1 ? (last - first) / (count - 1) : 0;
        for (int i = 0; i < count; i++) {
            // one rounding, as the fused multiply-add of the vectorised kernel does
            values[i] = i < count / 2 ? Math.fma(step, i, first) : Math.fma(-step, count - 1 - i, last);
        }
        return values;
    }

    private static float[] squared(float[] values) {
        float[] squares = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            squares[i] = values[i] * values[i];
        }
        return squares;
    }

    private static float[] cosine(int timesteps) {
        float[] betas = new float[timesteps];
        for (int i = 0; i < timesteps; i++) {
            // doubles: whole numbers would make the curve zero up to its end
            double remains = alphaBar((i + 1.0) / timesteps) / alphaBar(i / (double) timesteps);
            betas[i] = (float) Math.min(1 - remains, LARGEST_BETA);
        }
        return betas;
    }

    private static double alphaBar(double time) {
        double cosine = Math.cos((time + 0.008) / 1.008 * Math.PI / 2);
        return cosine * cosine;
    }
}
