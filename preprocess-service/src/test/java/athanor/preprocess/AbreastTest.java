package athanor.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AbreastTest {

    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    private int busy(int result) throws InterruptedException {
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        Thread.sleep(5);
        now.decrementAndGet();
        return result;
    }

    private List<Abreast.Work<Integer>> works(int count, long pixels) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Abreast.Work<>(pixels, () -> busy(i)))
                .toList();
    }

    @Test
    void whatCameOfEachIsInTheirOrder() {
        List<Integer> told = new ArrayList<>();

        List<Integer> all = new Abreast(4, 1 << 20).all(works(20, 1), told::add);

        assertThat(all).containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
        assertThat(told)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
    }

    @Test
    void severalAreWorkedOnAtATime() {
        CountDownLatch both = new CountDownLatch(2);
        Abreast.Work<Boolean> waitsForTheOther = new Abreast.Work<>(1, () -> {
            both.countDown();
            both.await();
            return true;
        });

        assertThat(new Abreast(2).all(List.of(waitsForTheOther, waitsForTheOther), done -> {}))
                .containsExactly(true, true);
    }

    @Test
    void neverMorePixelsThanTheBudgetAreWorkedOn() {
        new Abreast(8, 10 << 16).all(works(24, 4 << 16), done -> {});
        assertThat(most.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void aPictureLargerThanTheBudgetIsWorkedOnAlone() {
        new Abreast(8, 10 << 16).all(works(6, 100 << 16), done -> {});
        assertThat(most.get()).isEqualTo(1);
    }

    @Test
    void theFirstFailureIsTold() {
        Abreast.Work<Integer> fails = new Abreast.Work<>(1, () -> {
            throw new IllegalArgumentException("the second");
        });
        Abreast.Work<Integer> good = new Abreast.Work<>(1, () -> 1);

        assertThatThrownBy(() -> new Abreast(2).all(List.of(good, fails, good), done -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the second");
    }
}
