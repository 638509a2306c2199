package athanor.contracts.rest;

import athanor.contracts.Check;
import java.time.Instant;

/**
 * One optimiser step of a training, kept for as long as the run is.
 *
 * @param step counted from 1
 * @param attempt that did it; a later one that did it again counts
 * @param instanceLoss mean squared error of the instance half
 * @param priorLoss of the class half; 0 without prior
 * @param learningRate of this step
 * @param seconds it took
 */
public record TrainedStep(
        int step, int attempt, double instanceLoss, double priorLoss, double learningRate, double seconds, Instant at) {

    public TrainedStep {
        Check.atLeast(1, step, "step");
        Check.atLeast(1, attempt, "attempt");
        Check.present(at, "at");
    }
}
