package athanor.train.training;

import athanor.contracts.Size;
import athanor.contracts.dataset.PreparedDataset;
import athanor.contracts.dataset.PreparedPicture;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bucket sizes of the instance pictures: what the network really sees of the subject. */
public final class TrainedSizes {

    private TrainedSizes() {}

    /** The most trained first. */
    public static List<Size> of(PreparedDataset dataset) {
        return count(dataset).entrySet().stream()
                .sorted(Map.Entry.<Size, Integer>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Pictures by size, in the order of the data set. */
    public static Map<Size, Integer> count(PreparedDataset dataset) {
        Map<Size, Integer> counts = new LinkedHashMap<>();
        dataset.ofTheSubject().stream()
                .map(PreparedPicture::bucket)
                .forEach(size -> counts.merge(size, 1, Integer::sum));
        return counts;
    }
}
