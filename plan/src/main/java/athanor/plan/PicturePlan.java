package athanor.plan;

import athanor.contracts.Size;
import athanor.contracts.plan.PlanRequest;
import athanor.contracts.plan.PlanView;
import athanor.plan.buckets.Placement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What a training area makes of pictures.
 *
 * @param placed each picture's place, in their order
 */
record PicturePlan(Size area, List<PlacedPicture> placed) {

    static PicturePlan of(Workload workload, Size area, List<PlanRequest.Picture> pictures) {
        List<Placement> placements = PlacedSet.of(area, workload.batch(), pictures);
        List<PlacedPicture> placed = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            placed.add(new PlacedPicture(
                    pictures.get(i), placements.get(i), workload.family().cell()));
        }
        return new PicturePlan(area, List.copyOf(placed));
    }

    List<PlacedPicture> usable() {
        return placed.stream().filter(picture -> !picture.placement().refused()).toList();
    }

    /** Mean share of the pixels that is trained on. */
    double kept() {
        return usable().stream()
                .mapToDouble(picture -> picture.placement().pixelsKept())
                .average()
                .orElse(0);
    }

    /** Mean share of what the pictures really hold, of those of which that is known. */
    OptionalDouble detailKept() {
        return usable().stream()
                .map(PlacedPicture::detailKept)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .average();
    }

    /** How many pictures would lose nothing at the next smaller area. */
    long smallerThanTheArea(BaseFamily family) {
        Size below = family.areas().stream()
                .filter(smaller -> smaller.pixels() < area.pixels())
                .reduce((first, second) -> second)
                .orElse(area);
        return usable().stream()
                .filter(picture -> picture.picture().size().pixels() < below.pixels())
                .count();
    }

    List<String> headWarnings(int cell) {
        List<HeadWarnings.Placed> heads = usable().stream()
                .flatMap(
                        any -> any
                                .head()
                                .map(head ->
                                        new HeadWarnings.Placed(any.picture().fileName(), head, any.placement()))
                                .stream())
                .toList();
        return HeadWarnings.of(heads, usable().size(), cell);
    }

    List<PlanView.Bucket> buckets() {
        TreeMap<Size, Integer> counts =
                new TreeMap<>(Comparator.comparingInt(Size::width).thenComparingInt(Size::height));
        usable().forEach(picture -> counts.merge(picture.placement().bucket(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(entry -> new PlanView.Bucket(entry.getKey(), entry.getValue()))
                .toList();
    }

    List<PlanView.Picture> view() {
        return placed.stream().map(PlacedPicture::view).toList();
    }
}
