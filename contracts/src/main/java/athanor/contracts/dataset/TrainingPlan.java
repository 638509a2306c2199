package athanor.contracts.dataset;

import athanor.contracts.Check;
import athanor.contracts.Size;
import java.util.List;

/**
 * At which sizes a run trains, and what its owner should know about it.
 *
 * @param area bucket area of the recipe
 * @param warnings sentences, the gravest first
 */
public record TrainingPlan(Size area, List<BucketCount> buckets, List<String> warnings) {

    public TrainingPlan {
        Check.present(area, "area");
        buckets = List.copyOf(Check.present(buckets, "buckets"));
        warnings = List.copyOf(Check.present(warnings, "warnings"));
    }
}
