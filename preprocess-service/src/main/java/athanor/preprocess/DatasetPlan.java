package athanor.preprocess;

import athanor.contracts.Size;
import athanor.contracts.dataset.BucketCount;
import athanor.contracts.dataset.ClassBatch;
import athanor.contracts.dataset.PreparedPicture;
import athanor.contracts.dataset.TrainingPlan;
import athanor.contracts.plan.PlanView;
import athanor.contracts.recipe.Recipe;
import athanor.plan.Fit;
import athanor.plan.Planner;
import athanor.preprocess.plan.InstanceChoice;
import athanor.preprocess.plan.PlacedPicture;
import athanor.preprocess.plan.PlanWarnings;
import athanor.preprocess.plan.SetFraming;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The plan of a run: what its owner may read before anything is spent. */
final class DatasetPlan {

    private DatasetPlan() {}

    /**
     * @param words sentences about trigger and captions
     * @param leftOut sentences about the pictures that are not trained on
     * @param outliers names of the pictures that are left out for their framing
     * @param prior what holds the class, where the base does not render it
     * @param room absent where nobody counted what the base takes
     */
    static TrainingPlan of(
            Recipe recipe,
            List<PlacedPicture> pictures,
            List<String> words,
            List<String> leftOut,
            List<String> outliers,
            List<ClassBatch> batches,
            List<PreparedPicture> prior,
            Optional<RoomToTrain.Room> room) {
        Size area = recipe.training().bucketArea();
        List<ClassBatch> counted = batches.isEmpty() ? counted(prior) : batches;
        List<BucketCount> buckets = buckets(pictures, counted);
        int classPictures = counted.stream().mapToInt(ClassBatch::count).sum();
        List<String> warnings = new ArrayList<>();
        room.flatMap(there -> Fit.warning(there.workload(), largest(buckets), there.memory()))
                .ifPresent(warnings::add);
        warnings.addAll(leftOut);
        warnings.addAll(words);
        warnings.addAll(PlanWarnings.of(recipe, pictures, classPictures, batches.isEmpty()));
        return new TrainingPlan(
                area,
                buckets,
                warnings,
                room.map(there -> memory(recipe, pictures, there)).orElse(null),
                new SetFraming(pictures.stream()
                                .filter(picture -> !picture.isHead())
                                .toList())
                        .profile(outliers),
                InstanceChoice.sentence(recipe));
    }

    private static List<ClassBatch> counted(List<PreparedPicture> prior) {
        TreeMap<Size, Integer> perBucket =
                new TreeMap<>(Comparator.comparingInt(Size::width).thenComparingInt(Size::height));
        prior.forEach(picture -> perBucket.merge(picture.bucket(), 1, Integer::sum));
        return perBucket.entrySet().stream()
                .map(entry -> new ClassBatch(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static List<BucketCount> buckets(List<PlacedPicture> pictures, List<ClassBatch> batches) {
        TreeMap<Size, Integer> perBucket =
                new TreeMap<>(Comparator.comparingInt(Size::width).thenComparingInt(Size::height));
        pictures.forEach(picture -> perBucket.merge(picture.placement().bucket(), 1, Integer::sum));
        batches.forEach(batch -> perBucket.putIfAbsent(batch.size(), 0));
        return perBucket.entrySet().stream()
                .map(entry -> new BucketCount(
                        entry.getKey(),
                        entry.getValue(),
                        batches.stream()
                                .filter(batch -> batch.size().equals(entry.getKey()))
                                .mapToInt(ClassBatch::count)
                                .sum()))
                .toList();
    }

    private static Size largest(List<BucketCount> buckets) {
        return buckets.stream()
                .map(BucketCount::size)
                .max(Comparator.comparingLong(Size::pixels))
                .orElseThrow();
    }

    /** Without its warnings: those of the run say the same of its own pictures. */
    private static PlanView memory(Recipe recipe, List<PlacedPicture> pictures, RoomToTrain.Room there) {
        return Planner.at(
                        recipe.training().bucketArea(),
                        there.workload(),
                        there.memory(),
                        recipe.training().steps(),
                        pictures.stream().map(PlacedPicture::seen).toList())
                .withoutWarnings();
    }
}
