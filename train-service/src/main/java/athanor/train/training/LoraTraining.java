package athanor.train.training;

import athanor.contracts.rest.EffectiveSettings;
import athanor.contracts.rest.TrainedStep;
import athanor.store.Content;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A training under way. One thread only. */
public interface LoraTraining extends AutoCloseable {

    /**
     * @param number steps done, counted from 1
     * @param priorLoss 0 without prior
     * @param bands the losses by quarter of the schedule
     */
    record Step(int number, double instanceLoss, double priorLoss, double learningRate, List<TrainedStep.Band> bands) {

        public Step(int number, double instanceLoss, double priorLoss, double learningRate) {
            this(number, instanceLoss, priorLoss, learningRate, List.of());
        }
    }

    /** What is measured of it as it is now, which takes longer than counting. */
    record Measured(Map<String, Double> changeByBlock, TrainedStep.@Nullable Validation validation) {}

    int stepsDone();

    boolean done();

    /** One optimiser step. Throws {@code TrainingDivergedException} when the loss is not a number. */
    Step step();

    /** Empty where nothing can be measured. */
    default Optional<Measured> measure() {
        return Optional.empty();
    }

    /** The LoRA as it is: a safetensors file with kohya's keys and its metadata. */
    byte[] lora();

    /**
     * The same as the run's result: read back, and sure to be used whole by other programs.
     *
     * @throws PermanentFailureException where it changes nothing, or is not whole
     */
    byte[] publishableLora();

    /** What took effect, as its first step here showed; empty before that. */
    Optional<EffectiveSettings> effective(int attempt, String worker);

    /** Everything that is needed to go on from here bit for bit; good until the next step. */
    Content state();

    @Override
    void close();
}
