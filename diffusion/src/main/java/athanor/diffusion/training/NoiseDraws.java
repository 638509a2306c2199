package athanor.diffusion.training;

import athanor.diffusion.network.VaeConfig;
import athanor.diffusion.schedule.NoiseSchedule;
import athanor.diffusion.schedule.PredictionType;

/** What has to be known to draw noise for pictures. */
record NoiseDraws(TrainingSettings settings, NoiseSchedule schedule, PredictionType prediction, VaeConfig vae) {

    MicroBatch newBatch() {
        return new MicroBatch(settings, schedule, prediction, vae);
    }

    /** The middle of one of so many equal parts of the schedule. */
    int timestep(int part, int parts) {
        return schedule.timesteps() * (2 * part + 1) / (2 * parts);
    }
}
