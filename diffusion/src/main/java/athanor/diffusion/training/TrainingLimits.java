package athanor.diffusion.training;

import athanor.diffusion.model.BaseModel;
import athanor.diffusion.schedule.PredictionType;

/** What a base cannot be trained for, whatever the machine: known from its configuration, before anything is drawn or encoded. */
public final class TrainingLimits {

    private TrainingLimits() {}

    /** @throws IllegalArgumentException with a sentence */
    public static void check(BaseModel base, boolean zeroTerminalSnr) {
        if (zeroTerminalSnr && base.schedulerConfig().predictionType() == PredictionType.EPSILON) {
            throw new IllegalArgumentException(
                    "zero terminal SNR wants a base that predicts velocity, %s predicts noise: of a timestep without any picture, noise tells nothing"
                            .formatted(base.name()));
        }
    }
}
