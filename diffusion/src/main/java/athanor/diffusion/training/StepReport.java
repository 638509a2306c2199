package athanor.diffusion.training;

import java.util.List;

/**
 * What an optimiser step saw.
 *
 * @param step counts from 1
 * @param instanceLoss mean unweighted error of the instance pictures
 * @param priorLoss the same of the class pictures; 0 without a prior
 * @param gradNorm L2, before clipping
 * @param pictures each with its timestep
 */
public record StepReport(
        int step,
        double instanceLoss,
        double priorLoss,
        double learningRate,
        double gradNorm,
        List<PictureLoss> pictures) {

    public StepReport {
        pictures = List.copyOf(pictures);
    }
}
