package athanor.diffusion.training;

/**
 * What an optimiser step saw.
 *
 * @param step counts from 1
 * @param instanceLoss mean unweighted error of the instance pictures
 * @param priorLoss the same of the class pictures; 0 without a prior
 * @param gradNorm L2, before clipping
 */
public record StepReport(int step, double instanceLoss, double priorLoss, double learningRate, double gradNorm) {}
