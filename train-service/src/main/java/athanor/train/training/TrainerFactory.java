package athanor.train.training;

import athanor.contracts.dataset.PreparedDataset;
import athanor.contracts.events.DatasetPrepared;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where trainings are opened: base model, pictures and trainer together. */
public interface TrainerFactory {

    /**
     * @param resumeFrom file with what {@link LoraTraining#state} gave, read before this returns; null to begin
     * @param alive is told of each piece of work that is shorter than a step, while it opens and while it trains
     */
    LoraTraining open(DatasetPrepared event, PreparedDataset dataset, @Nullable Path resumeFrom, Runnable alive);
}
