package athanor.train.lease;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.events.LoraTrained;
import athanor.contracts.rest.TrainedStep;
import athanor.contracts.run.RunId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A complete checkpoint: the content of {@code commit.json}, which is written after the two files it names.
 *
 * @param step steps done
 * @param totalSteps steps the recipe wants
 * @param lora what other tools load, and what sample-service tries out
 * @param optimizer everything the trainer needs to go on bit for bit
 * @param trainedSizes bucket sizes, the most trained first
 * @param seconds of training until here, over all attempts
 * @param validation losses at noise that is the same for every checkpoint; null where nothing was measured
 */
public record Checkpoint(
        RunId runId,
        int attempt,
        int step,
        int totalSteps,
        String worker,
        ObjectRef lora,
        ObjectRef optimizer,
        List<Size> trainedSizes,
        double instanceLoss,
        double priorLoss,
        double seconds,
        Instant savedAt,
        TrainedStep.@Nullable Validation validation) {

    public Checkpoint {
        trainedSizes = List.copyOf(trainedSizes);
    }

    /**
     * The fact that this checkpoint is the run's LoRA. Its bytes are published under {@code loraKey}, which no fence
     * guards: they are copied there only after the lease says that this checkpoint, and no other, is the one.
     */
    public LoraTrained asTrained(DatasetPrepared prepared, String loraKey, Instant now) {
        return new LoraTrained(
                runId,
                prepared.name(),
                attempt,
                step,
                new ObjectRef(lora.bucket(), loraKey, lora.bytes(), lora.sha256()),
                trainedSizes,
                instanceLoss,
                priorLoss,
                seconds,
                prepared.recipe(),
                now);
    }
}
