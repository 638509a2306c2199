package athanor.contracts.dataset;

import athanor.contracts.Check;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.run.RunId;
import java.util.List;

/**
 * What a training reads; lies in the store, {@link DatasetPrepared} points at it.
 *
 * @param classPictures empty when the prior needs none
 */
public record PreparedDataset(
        RunId runId, TrainingPlan plan, List<PreparedPicture> instances, List<PreparedPicture> classPictures) {

    public PreparedDataset {
        Check.present(runId, "runId");
        Check.present(plan, "plan");
        instances = List.copyOf(Check.present(instances, "instances"));
        classPictures = List.copyOf(Check.present(classPictures, "classPictures"));
    }
}
