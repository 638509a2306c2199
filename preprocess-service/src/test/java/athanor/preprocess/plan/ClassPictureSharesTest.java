package athanor.preprocess.plan;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.Size;
import athanor.contracts.dataset.ClassBatch;
import java.util.Comparator;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ClassPictureSharesTest {

    private static final Size WIDE = new Size(768, 512);
    private static final Size TALL = new Size(512, 768);
    private static final Size SQUARE = new Size(576, 576);

    @Test
    void theyFollowTheInstances() {
        assertThat(ClassPictureShares.of(instances(6, 2, 2), 100))
                .containsExactly(new ClassBatch(TALL, 60), new ClassBatch(SQUARE, 20), new ClassBatch(WIDE, 20));
    }

    @Test
    void theRestGoesToTheLargestRemainder() {
        assertThat(ClassPictureShares.of(instances(2, 3, 2), 10))
                .extracting(ClassBatch::count)
                .containsExactly(3, 4, 3);
    }

    @Test
    void everySizeHasOneEvenWhenItsShareIsLess() {
        assertThat(ClassPictureShares.of(instances(98, 1, 1), 10))
                .extracting(ClassBatch::count)
                .containsExactly(8, 1, 1);
    }

    @Test
    void thereAreNeverFewerThanSizes() {
        assertThat(ClassPictureShares.of(instances(1, 1, 1), 1))
                .extracting(ClassBatch::count)
                .containsExactly(1, 1, 1);
    }

    private static TreeMap<Size, Integer> instances(int tall, int square, int wide) {
        TreeMap<Size, Integer> counts = new TreeMap<>(Comparator.comparingInt(Size::width));
        counts.put(TALL, tall);
        counts.put(SQUARE, square);
        counts.put(WIDE, wide);
        return counts;
    }
}
