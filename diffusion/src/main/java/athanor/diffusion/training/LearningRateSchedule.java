package athanor.diffusion.training;

/** How the learning rate runs after its warm-up. */
public enum LearningRateSchedule {
    CONSTANT,
    COSINE;

    /**
     * @param step counts from 1
     * @return factor of the peak rate, 0 to 1
     */
    double factor(int step, int warmUp, int steps) {
        if (step <= warmUp) {
            return step / (double) warmUp;
        }
        if (this == CONSTANT || steps <= warmUp) {
            return 1;
        }
        // The last step still learns: the cosine reaches zero one step after it.
        double progress = (step - 1 - warmUp) / (double) (steps - warmUp);
        return 0.5 * (1 + Math.cos(Math.PI * progress));
    }
}
