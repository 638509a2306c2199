package athanor.contracts.rest;

import athanor.contracts.Check;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One optimiser step of a training, kept for as long as the run is.
 *
 * @param step counted from 1
 * @param attempt that did it; a later one that did it again counts
 * @param instanceLoss mean squared error of the instance half
 * @param priorLoss of the class half; 0 without prior
 * @param learningRate of this step
 * @param seconds it took
 * @param bands its losses by the quarter of the schedule that the pictures were noised to; absent in older runs, as what follows
 * @param memoryBytes the most that the worker has held until then
 * @param etaSeconds until the last step
 * @param changeByBlock Frobenius norm of what the LoRA adds at strength 1, by block of the networks; only now and then
 * @param validation losses at noise that is the same every time; only now and then
 */
public record TrainedStep(
        int step,
        int attempt,
        double instanceLoss,
        double priorLoss,
        double learningRate,
        double seconds,
        Instant at,
        @Nullable List<Band> bands,
        @Nullable Long memoryBytes,
        @Nullable Double etaSeconds,
        @Nullable Map<String, Double> changeByBlock,
        @Nullable Validation validation) {

    /** Equal parts of the schedule that losses are told apart by. */
    public static final int BANDS = 4;

    /**
     * @param band from 0 for the cleanest quarter to 3 for the noisiest
     * @param instance mean error of its instance pictures; absent where there was none
     * @param prior likewise of the class pictures
     */
    public record Band(
            int band, @Nullable Double instance, @Nullable Double prior) {}

    /**
     * @param heldOut mean error of the pictures of the subject that are not trained on; absent where none are held out
     * @param classPictures mean error of some class pictures; absent without prior
     * @param bands both by quarter of the schedule
     */
    public record Validation(
            @Nullable Double heldOut, @Nullable Double classPictures, List<Band> bands) {}

    public TrainedStep(
            int step,
            int attempt,
            double instanceLoss,
            double priorLoss,
            double learningRate,
            double seconds,
            Instant at) {
        this(step, attempt, instanceLoss, priorLoss, learningRate, seconds, at, null, null, null, null, null);
    }

    public TrainedStep {
        Check.atLeast(1, step, "step");
        Check.atLeast(1, attempt, "attempt");
        Check.present(at, "at");
    }
}
