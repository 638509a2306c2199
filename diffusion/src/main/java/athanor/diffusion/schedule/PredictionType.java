package athanor.diffusion.schedule;

import java.util.Arrays;
import java.util.Locale;

/** What the network was trained to say about a noisy latent {@code x = alpha * x_0 + sigma * noise}. */
public enum PredictionType {
    /** The noise itself (Ho et al. 2020). */
    EPSILON,
    /** The velocity {@code alpha * noise - sigma * x_0} (Salimans and Ho 2022, appendix D). */
    V_PREDICTION,
    /** The picture itself. */
    SAMPLE;

    /** @param name as in {@code scheduler_config.json}: epsilon, v_prediction, sample */
    public static PredictionType named(String name) {
        return Arrays.stream(values())
                .filter(type -> type.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "prediction_type is '%s'; epsilon, v_prediction and sample are known".formatted(name)));
    }

    /** The name in {@code scheduler_config.json}. */
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a training step compares with: {@code first * x_0 + second * noise}. */
    public Mix target(NoiseLevel level) {
        return switch (this) {
            case EPSILON -> new Mix(0, 1);
            case V_PREDICTION -> new Mix(-level.sigma(), level.alpha());
            case SAMPLE -> new Mix(1, 0);
        };
    }

    /**
     * The way back: {@code x_0 = first * x + second * output}, where x is what the network saw.
     *
     * @param level a level with some picture in it; noise alone can be undone for velocities only
     */
    public Mix clean(NoiseLevel level) {
        return switch (this) {
            case EPSILON -> new Mix(1 / level.alpha(), -level.sigma() / level.alpha());
            case V_PREDICTION -> new Mix(level.alpha(), -level.sigma());
            case SAMPLE -> new Mix(0, 1);
        };
    }
}
