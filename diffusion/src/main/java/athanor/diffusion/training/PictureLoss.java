package athanor.diffusion.training;

/**
 * What one picture came to in one step.
 *
 * @param timestep from 0 for a clean picture to the schedule's last
 * @param error unweighted mean error
 */
public record PictureLoss(boolean isClass, int timestep, double error) {}
