package athanor.diffusion.schedule;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a base's {@code scheduler/scheduler_config.json} says, read as diffusers reads it when it makes another scheduler
 * class from the same file: keys that a class does not know are no business of it, missing keys take that class's default.
 *
 * <p>Not read, because a latent text-to-image model has no use for it: thresholding, learned variances, flow, and the
 * exponential, beta and Lu spacings of sigmas.
 *
 * @param betas the forward process
 * @param predictionType what the network predicts
 * @param timestepSpacing which timesteps are visited; null when the file does not say, for samplers disagree about the default
 * @param stepsOffset added to the timesteps of leading spacing
 * @param ddim what only DDIM asks for
 * @param sigmas how the samplers that count in sigmas lay them out
 * @param solver what only the multistep DPM-Solver asks for
 */
public record SchedulerConfig(
        Betas betas,
        PredictionType predictionType,
        @Nullable TimestepSpacing timestepSpacing,
        int stepsOffset,
        Ddim ddim,
        Sigmas sigmas,
        Solver solver) {

    private static final int MOST_TIMESTEPS = 1_000_000;

    /**
     * The forward process.
     *
     * @param trained the betas themselves, one a timestep, where the file lists them
     * @param zeroTerminalSnr whether the last timestep is rescaled to hold nothing but noise
     */
    public record Betas(
            int timesteps,
            double start,
            double end,
            BetaSchedule schedule,
            Optional<List<Double>> trained,
            boolean zeroTerminalSnr) {}

    /**
     * What only DDIM asks for.
     *
     * @param clipRange the picture is clipped to plus and minus this in every step; infinite for none
     * @param endsClean whether the last step goes to no noise at all rather than to the noise of timestep 0
     */
    public record Ddim(double clipRange, boolean endsClean) {}

    /**
     * How sigmas (noise per unit of picture) are laid out.
     *
     * @param endsAtZero whether the last step goes to no noise rather than to the smallest trained sigma
     * @param logLinear whether they are spaced evenly in their logarithm rather than read at the timesteps
     * @param karras whether they follow Karras et al. 2022, eq. 5
     * @param smallest the smallest sigma of the Karras curve, where the file gives one
     * @param largest the largest sigma of the Karras curve, where the file gives one
     * @param continuousTime whether a velocity network wants {@code log(sigma) / 4} as its timestep
     */
    public record Sigmas(
            boolean endsAtZero,
            boolean logLinear,
            boolean karras,
            Optional<Double> smallest,
            Optional<Double> largest,
            boolean continuousTime) {}

    /**
     * What only the multistep DPM-Solver asks for.
     *
     * @param order 1 or 2 (a file that says 3 gets 2: the sampler is called 2M)
     * @param heun whether the second order takes Heun's form rather than the midpoint's
     * @param lowerOrderFinal whether short runs (under 15 steps) end with a first-order step
     * @param eulerAtFinal whether every run ends with a first-order step
     * @param smallestLambda timesteps with less log signal-to-noise than this are not visited
     */
    public record Solver(
            int order, boolean heun, boolean lowerOrderFinal, boolean eulerAtFinal, double smallestLambda) {}

    /**
     * The same with the last timestep rescaled to hold nothing but noise (Lin et al. 2023, algorithm 1), where sampling then begins
     * (section 3.3).
     */
    public SchedulerConfig withZeroTerminalSnr() {
        Betas rescaled =
                new Betas(betas.timesteps(), betas.start(), betas.end(), betas.schedule(), betas.trained(), true);
        return new SchedulerConfig(
                rescaled, predictionType, TimestepSpacing.TRAILING, stepsOffset, ddim, sigmas, solver);
    }

    /** @param json the parsed file: strings, numbers, booleans, lists */
    public static SchedulerConfig from(Map<String, ?> json) {
        Entries file = new Entries(json);
        mustDiffuse(file.text("_class_name", ""));
        return new SchedulerConfig(
                betas(file),
                PredictionType.named(file.text("prediction_type", "epsilon")),
                file.has("timestep_spacing") ? TimestepSpacing.named(file.text("timestep_spacing", "")) : null,
                (int) file.number("steps_offset", 0),
                new Ddim(
                        file.flag("clip_sample", true) ? file.number("clip_sample_range", 1) : Double.POSITIVE_INFINITY,
                        file.flag("set_alpha_to_one", true)),
                sigmas(file),
                solver(file));
    }

    /**
     * Flow matching mixes picture and noise along a straight line, EDM scales what goes into the network and comes out: bases of
     * either kind have other forward processes than betas can say.
     *
     * @param scheduler a class of diffusers
     */
    public static void mustDiffuse(String scheduler) {
        if (scheduler.startsWith("FlowMatch") || scheduler.startsWith("EDM")) {
            throw new IllegalArgumentException(
                    "the scheduler is a %s, wanted one of a base that predicts noise or velocity by betas"
                            .formatted(scheduler));
        }
    }

    /** Leading for DDIM, linspace for the others, when the file does not say. */
    public TimestepSpacing spacingOr(TimestepSpacing otherwise) {
        return timestepSpacing == null ? otherwise : timestepSpacing;
    }

    private static Betas betas(Entries file) {
        List<Double> trained = file.numbers("trained_betas");
        double timesteps = file.number("num_train_timesteps", 1000);
        if (!(timesteps >= 1 && timesteps <= MOST_TIMESTEPS)) {
            throw new IllegalArgumentException("scheduler_config.json: num_train_timesteps is %s, wanted 1 to %d"
                    .formatted(timesteps, MOST_TIMESTEPS));
        }
        trained.forEach(beta -> share("trained_betas", beta, true));
        return new Betas(
                trained.isEmpty() ? (int) timesteps : trained.size(),
                share("beta_start", file.number("beta_start", 0.0001), false),
                share("beta_end", file.number("beta_end", 0.02), false),
                BetaSchedule.named(file.text("beta_schedule", "linear")),
                trained.isEmpty() ? Optional.empty() : Optional.of(trained),
                file.flag("rescale_betas_zero_snr", false));
    }

    /** @param withOne betas that were rescaled to end in noise alone end with 1 */
    private static double share(String key, double beta, boolean withOne) {
        if (!(beta > 0 && (beta < 1 || withOne && beta == 1))) {
            throw new IllegalArgumentException(
                    "scheduler_config.json: %s is %s, wanted more than 0 and less than 1".formatted(key, beta));
        }
        return beta;
    }

    private static Sigmas sigmas(Entries file) {
        return new Sigmas(
                file.text("final_sigmas_type", "zero").equals("zero"),
                file.text("interpolation_type", "linear").equals("log_linear"),
                file.flag("use_karras_sigmas", false),
                file.has("sigma_min") ? Optional.of(file.number("sigma_min", 0)) : Optional.empty(),
                file.has("sigma_max") ? Optional.of(file.number("sigma_max", 0)) : Optional.empty(),
                file.text("timestep_type", "discrete").equals("continuous"));
    }

    private static Solver solver(Entries file) {
        return new Solver(
                Math.min(2, (int) file.number("solver_order", 2)),
                file.text("solver_type", "midpoint").equals("heun"),
                file.flag("lower_order_final", true),
                file.flag("euler_at_final", false),
                file.number("lambda_min_clipped", Double.NEGATIVE_INFINITY));
    }

    /** The file's entries with types; null and what the file itself calls a default count as missing. */
    private record Entries(Map<String, ?> json, Set<Object> defaulted) {

        Entries(Map<String, ?> json) {
            this(json, json.get("_use_default_values") instanceof Collection<?> keys ? new HashSet<>(keys) : Set.of());
        }

        boolean has(String key) {
            return json.get(key) != null && !defaulted.contains(key);
        }

        String text(String key, String otherwise) {
            return has(key) ? String.valueOf(json.get(key)) : otherwise;
        }

        boolean flag(String key, boolean otherwise) {
            return has(key) ? Boolean.parseBoolean(String.valueOf(json.get(key))) : otherwise;
        }

        double number(String key, double otherwise) {
            return has(key) ? number(key, json.get(key)) : otherwise;
        }

        List<Double> numbers(String key) {
            return json.get(key) instanceof List<?> list
                    ? list.stream().map(value -> number(key, value)).toList()
                    : List.of();
        }

        private static double number(String key, @Nullable Object value) {
            if (value instanceof Number number) {
                return number.doubleValue();
            }
            String text = String.valueOf(value);
            if (text.equals("inf") || text.equals("-inf")) { // Python's spelling
                return text.equals("inf") ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
            }
            try {
                double parsed = Double.parseDouble(text);
                if (!Double.isNaN(parsed)) {
                    return parsed;
                }
            } catch (NumberFormatException notANumber) {
                // the sentence below says it
            }
            throw new IllegalArgumentException(
                    "scheduler_config.json: %s is '%s', wanted a number".formatted(key, value));
        }
    }
}
