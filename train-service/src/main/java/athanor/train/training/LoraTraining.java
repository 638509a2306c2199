package athanor.train.training;

import athanor.contracts.rest.EffectiveSettings;
import athanor.store.Content;
import java.util.Optional;

/** A training under way. One thread only. */
public interface LoraTraining extends AutoCloseable {

    /**
     * @param number steps done, counted from 1
     * @param priorLoss 0 without prior
     */
    record Step(int number, double instanceLoss, double priorLoss, double learningRate) {}

    int stepsDone();

    boolean done();

    /** One optimiser step. Throws {@code TrainingDivergedException} when the loss is not a number. */
    Step step();

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
