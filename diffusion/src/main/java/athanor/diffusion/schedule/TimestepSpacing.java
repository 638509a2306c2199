package athanor.diffusion.schedule;

import java.util.Arrays;

/** Which of the trained timesteps a sampler visits (Lin et al. 2023, "Common diffusion noise schedules", table 2). */
public enum TimestepSpacing {
    /** Multiples of a whole number from zero up, shifted by {@code steps_offset}; never reaches the last timestep. */
    LEADING,
    /** Evenly from the first to the last timestep. */
    LINSPACE,
    /** Evenly from the last timestep down; never reaches the first. */
    TRAILING;

    /** @param name as in {@code scheduler_config.json} */
    public static TimestepSpacing named(String name) {
        return Arrays.stream(values())
                .filter(spacing -> spacing.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "timestep_spacing is '%s'; leading, linspace and trailing are known".formatted(name)));
    }
}
