package athanor.plan;

import athanor.contracts.Size;
import athanor.contracts.plan.PlanRequest;
import athanor.plan.buckets.BucketRule;
import athanor.plan.buckets.Placement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where all pictures of a set go. A batch has pictures of one bucket only, and where a bucket has fewer than a batch these are
 * shown again and again and weigh more than all others. So such a bucket is given up where its pictures fit another one
 * without being enlarged, without a cut that would be warned of, and with their heads on.
 */
public final class PlacedSet {

    /** Share of the scaled picture that merging may cut off. */
    private static final double MOST_CUT = PlacedPicture.MUCH_CUT;

    private static final Comparator<Size> BY_SIDES =
            Comparator.comparingInt(Size::width).thenComparingInt(Size::height);

    private final List<PlanRequest.Picture> pictures;
    private final List<Placement> placements = new ArrayList<>();

    private PlacedSet(BucketRule rule, List<PlanRequest.Picture> pictures) {
        this.pictures = pictures;
        pictures.forEach(picture -> placements.add(withHead(picture, rule.place(picture.size()))));
    }

    /**
     * @param batch instance pictures a step
     * @return the places of these pictures, in their order
     */
    public static List<Placement> of(Size area, int batch, List<PlanRequest.Picture> pictures) {
        PlacedSet set = new PlacedSet(BucketRule.forArea(area), pictures);
        while (set.merged(batch)) {
            // one bucket is gone
        }
        return List.copyOf(set.placements);
    }

    private static Placement withHead(PlanRequest.Picture picture, Placement placement) {
        return picture.face() == null ? placement : new Head(picture.face()).keptIn(placement);
    }

    /** Gives up one bucket, the one with the fewest pictures; false where none can be. */
    private boolean merged(int batch) {
        Map<Size, List<Integer>> buckets = buckets();
        List<Size> small = buckets.entrySet().stream()
                .filter(entry -> entry.getValue().size() < batch)
                .sorted(Comparator.comparingInt(entry -> entry.getValue().size()))
                .map(Map.Entry::getKey)
                .toList();
        for (Size bucket : small) {
            Optional<List<Placement>> best = best(bucket, buckets);
            if (best.isPresent()) {
                List<Integer> moved = List.copyOf(buckets.getOrDefault(bucket, List.of()));
                for (int i = 0; i < moved.size(); i++) {
                    placements.set(moved.get(i), best.get().get(i));
                }
                return true;
            }
        }
        return false;
    }

    private Map<Size, List<Integer>> buckets() {
        Map<Size, List<Integer>> buckets = new TreeMap<>(BY_SIDES);
        for (int i = 0; i < placements.size(); i++) {
            if (!placements.get(i).refused()) {
                buckets.computeIfAbsent(placements.get(i).bucket(), first -> new ArrayList<>())
                        .add(i);
            }
        }
        return buckets;
    }

    /** The other bucket to which all pictures of this one can go, with the least that is cut off. */
    private Optional<List<Placement>> best(Size bucket, Map<Size, List<Integer>> buckets) {
        List<Integer> pictures = buckets.getOrDefault(bucket, List.of());
        return buckets.keySet().stream()
                .filter(other -> !other.equals(bucket))
                .map(other -> pictures.stream().map(i -> placed(i, other)).toList())
                .filter(places -> places.stream().allMatch(Optional::isPresent))
                .map(places -> places.stream().map(Optional::orElseThrow).toList())
                .min(Comparator.comparingDouble(places ->
                        places.stream().mapToDouble(Placement::cropShare).sum()));
    }

    private Optional<Placement> placed(int index, Size other) {
        PlanRequest.Picture picture = pictures.get(index);
        Placement now = placements.get(index);
        Placement there = withHead(picture, now.in(other));
        boolean enlarged = there.scale() > Math.max(1, now.scale());
        boolean beheaded = picture.face() != null
                && new Head(picture.face()).cutOff(there)
                && !new Head(picture.face()).cutOff(now);
        return enlarged || beheaded || there.cropShare() > MOST_CUT ? Optional.empty() : Optional.of(there);
    }
}
