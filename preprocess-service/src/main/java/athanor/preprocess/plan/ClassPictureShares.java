package athanor.preprocess.plan;

import athanor.contracts.Size;
import athanor.contracts.dataset.ClassBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;

/** How many class pictures of each size: in proportion to the instance pictures that they are trained beside. */
public final class ClassPictureShares {

    private ClassPictureShares() {}

    /**
     * Largest-remainder sharing. Every size gets at least one picture, because a batch never mixes sizes and each
     * instance picture needs a partner; so with many sizes and few pictures the total may exceed what was asked.
     *
     * @param instances instance pictures of each size
     * @param total class pictures wanted over all sizes
     */
    public static List<ClassBatch> of(SortedMap<Size, Integer> instances, int total) {
        int all = instances.values().stream().mapToInt(Integer::intValue).sum();
        List<Share> shares = new ArrayList<>();
        instances.forEach((size, count) -> shares.add(new Share(size, (double) total * count / all)));

        int spread = shares.stream().mapToInt(share -> share.count).sum();
        List<Share> byRemainder = new ArrayList<>(shares);
        byRemainder.sort(Comparator.comparingDouble(Share::remainder).reversed());
        for (int i = 0; spread < total; i = (i + 1) % byRemainder.size()) {
            byRemainder.get(i).count++;
            spread++;
        }
        while (spread > total) {
            Share largest = shares.stream()
                    .max(Comparator.comparingInt(share -> share.count))
                    .orElseThrow();
            if (largest.count == 1) {
                break; // one for each size is the least
            }
            largest.count--;
            spread--;
        }
        return shares.stream()
                .map(share -> new ClassBatch(share.size, share.count))
                .toList();
    }

    private static final class Share {

        private final Size size;
        private final double exact;
        private int count;

        private Share(Size size, double exact) {
            this.size = size;
            this.exact = exact;
            this.count = Math.max(1, (int) exact);
        }

        private double remainder() {
            return exact - count;
        }
    }
}
