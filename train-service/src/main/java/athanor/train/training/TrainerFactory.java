package athanor.train.training;

import athanor.contracts.dataset.PreparedDataset;
import athanor.contracts.events.DatasetPrepared;
import org.jspecify.annotations.Nullable;

/** Where trainings are opened: base model, pictures and trainer together. */
public interface TrainerFactory {

    /** @param resumeFrom what {@link LoraTraining#state} gave, or null to begin */
    LoraTraining open(DatasetPrepared event, PreparedDataset dataset, byte @Nullable [] resumeFrom);
}
