package athanor.contracts.events;

import athanor.contracts.Check;
import athanor.contracts.run.RunId;
import java.time.Instant;

/**
 * How a training goes; at most one a second, may be lost, never drives state.
 *
 * @param step steps done
 * @param instanceLoss mean squared error of the instance half
 * @param priorLoss of the class half; 0 without prior
 * @param memoryBytes peak of the device, or of the process on a CPU
 * @param etaSeconds until the last step
 */
public record TrainingProgressed(
        RunId runId,
        int attempt,
        int step,
        int totalSteps,
        double instanceLoss,
        double priorLoss,
        double learningRate,
        double secondsPerStep,
        long memoryBytes,
        double etaSeconds,
        Instant at)
        implements RunEvent {

    public TrainingProgressed {
        Check.present(runId, "runId");
        Check.present(at, "at");
        Check.atLeast(1, attempt, "attempt");
        Check.atLeast(0, step, "step");
        Check.atLeast(step, totalSteps, "totalSteps");
    }

    /** The same when nothing is left to wait for. */
    public TrainingProgressed atItsEnd() {
        return new TrainingProgressed(
                runId,
                attempt,
                step,
                totalSteps,
                instanceLoss,
                priorLoss,
                learningRate,
                secondsPerStep,
                memoryBytes,
                0,
                at);
    }
}
