package athanor.contracts.dataset;

import athanor.contracts.Check;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.picture.Framing;
import athanor.contracts.run.RunId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a training reads; lies in the store, {@link DatasetPrepared} points at it.
 *
 * @param classPictures what the prior is held by; empty when it needs none
 * @param pairs heads with the whole pictures that they stand against; none in documents of older versions
 */
public record PreparedDataset(
        RunId runId,
        TrainingPlan plan,
        List<PreparedPicture> instances,
        List<PreparedPicture> classPictures,
        List<HeadPair> pairs) {

    public PreparedDataset(
            RunId runId, TrainingPlan plan, List<PreparedPicture> instances, List<PreparedPicture> classPictures) {
        this(runId, plan, instances, classPictures, List.of());
    }

    public PreparedDataset {
        Check.present(runId, "runId");
        Check.present(plan, "plan");
        instances = List.copyOf(Check.present(instances, "instances"));
        classPictures = List.copyOf(Check.present(classPictures, "classPictures"));
        pairs = List.copyOf(Objects.requireNonNullElse(pairs, List.of()));
    }

    /** The same with these instances only. */
    public PreparedDataset withInstances(List<PreparedPicture> chosen) {
        return new PreparedDataset(runId, plan, chosen, classPictures, pairs);
    }

    /** What shows the subject: the instances, and the whole pictures that heads stand against. */
    public List<PreparedPicture> ofTheSubject() {
        return Stream.concat(instances.stream(), classPictures.stream().filter(picture -> picture.source() != null))
                .toList();
    }

    /** The framing profile: how many pictures of the subject show it how; without those of which nobody knows. */
    public Map<Framing, Integer> framings() {
        Map<Framing, Integer> counts = new EnumMap<>(Framing.class);
        for (PreparedPicture picture : ofTheSubject()) {
            if (picture.framing() != null && picture.framing().shows()) {
                counts.merge(picture.framing(), 1, Integer::sum);
            }
        }
        return counts;
    }
}
