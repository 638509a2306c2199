package athanor.contracts.rest;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.run.RunId;
import java.time.Instant;
import java.util.List;

/**
 * A complete checkpoint of a run.
 *
 * @param step steps done
 * @param totalSteps steps the recipe wants
 * @param lora what other tools load
 * @param optimizer everything the trainer needs to go on bit for bit
 * @param trainedSizes bucket sizes, the most trained first
 * @param seconds of training until here, over all attempts
 */
public record CheckpointView(
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
        Instant savedAt) {}
