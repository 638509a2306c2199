package athanor.contracts.rest;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.run.RunId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A complete checkpoint of a run.
 *
 * @param step steps done
 * @param totalSteps steps the recipe wants
 * @param lora what other tools load
 * @param trainedSizes bucket sizes, the most trained first
 * @param seconds of training until here, over all attempts
 * @param validation losses of pictures that are not trained on and of class pictures, at noise that is the same for every checkpoint;
 *     absent in those of older versions and in one between two that were due, saved because the run was paused or its worker had to go
 * @param contactSheet whether its test pictures are drawn; absent in {@code commit.json}, which is written before they are
 * @param dropped true when the recipe's rule has removed its files, so that only this is left of it; absent otherwise
 */
public record CheckpointView(
        RunId runId,
        int attempt,
        int step,
        int totalSteps,
        String worker,
        ObjectRef lora,
        List<Size> trainedSizes,
        double instanceLoss,
        double priorLoss,
        double seconds,
        Instant savedAt,
        TrainedStep.@Nullable Validation validation,
        @Nullable Boolean contactSheet,
        @Nullable Boolean dropped) {

    public CheckpointView asFound(boolean drawn, boolean isDropped) {
        return new CheckpointView(
                runId,
                attempt,
                step,
                totalSteps,
                worker,
                lora,
                trainedSizes,
                instanceLoss,
                priorLoss,
                seconds,
                savedAt,
                validation,
                drawn,
                isDropped ? true : null);
    }
}
