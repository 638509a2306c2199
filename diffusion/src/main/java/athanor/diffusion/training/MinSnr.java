package athanor.diffusion.training;

import athanor.diffusion.schedule.NoiseLevel;
import athanor.diffusion.schedule.PredictionType;

/** Loss weights that keep the easy, nearly clean timesteps from drowning the others (Hang et al. 2023, section 3.4). */
public final class MinSnr {

    private MinSnr() {}

    /**
     * @param gamma 5 in the paper, 0 for off
     * @return {@code min(snr, gamma) / snr} for noise, {@code min(snr, gamma) / (snr + 1)} for velocity, {@code min(snr, gamma)} for
     *     the clean latent
     */
    public static double weight(NoiseLevel level, PredictionType prediction, double gamma) {
        if (gamma == 0) {
            return 1;
        }
        double snr = level.snr();
        return switch (prediction) {
            case EPSILON -> snr == 0 ? 1 : Math.min(snr, gamma) / snr;
            case V_PREDICTION -> Math.min(snr, gamma) / (snr + 1);
            case SAMPLE -> Math.min(snr, gamma);
        };
    }
}
