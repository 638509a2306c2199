package athanor.contracts.dataset;

import athanor.contracts.Check;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.picture.Framing;
import athanor.contracts.run.RunId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

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

    /** The framing profile: how many instance pictures show their person how; without those of which nobody knows. */
    public Map<Framing, Integer> framings() {
        Map<Framing, Integer> counts = new EnumMap<>(Framing.class);
        for (PreparedPicture picture : instances) {
            if (picture.framing() != null && picture.framing().shows()) {
                counts.merge(picture.framing(), 1, Integer::sum);
            }
        }
        return counts;
    }
}
