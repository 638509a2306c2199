package athanor.contracts.dataset;

import athanor.contracts.Check;
import athanor.contracts.Size;
import athanor.contracts.picture.FramingProfile;
import athanor.contracts.plan.PlanView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * At which sizes a run trains, and what its owner should know about it.
 *
 * @param area bucket area of the recipe
 * @param warnings sentences, the gravest first
 * @param memory what it needs of the memory that it trains in, and keeps of each picture; absent where no worker is known, or nobody counted
 *     what a base of this shape takes
 * @param framings how the pictures show their person as they are cut; absent in documents of older versions
 * @param choice what the recipe's instances and prior are known to give and to cost, in one sentence; absent in documents of older
 *     versions
 */
public record TrainingPlan(
        Size area,
        List<BucketCount> buckets,
        List<String> warnings,
        @Nullable PlanView memory,
        @Nullable FramingProfile framings,
        @Nullable String choice) {

    public TrainingPlan(
            Size area,
            List<BucketCount> buckets,
            List<String> warnings,
            @Nullable PlanView memory,
            @Nullable FramingProfile framings) {
        this(area, buckets, warnings, memory, framings, null);
    }

    public TrainingPlan(Size area, List<BucketCount> buckets, List<String> warnings, @Nullable PlanView memory) {
        this(area, buckets, warnings, memory, null);
    }

    public TrainingPlan(Size area, List<BucketCount> buckets, List<String> warnings) {
        this(area, buckets, warnings, null, null);
    }

    public TrainingPlan {
        Check.present(area, "area");
        buckets = List.copyOf(Check.present(buckets, "buckets"));
        warnings = List.copyOf(Check.present(warnings, "warnings"));
    }
}
