package athanor.train.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoundRobinTest {

    @Test
    void eachHasItsTurn() {
        RoundRobin turns = new RoundRobin();
        Set<Integer> seen = new HashSet<>();
        List<Integer> all = List.of(1, 2, 3, 4, 5, 6, 7);
        for (int i = 0; i < 4; i++) {
            List<Integer> taken = turns.next(all, 2);
            assertThat(taken).hasSize(2).doesNotHaveDuplicates();
            seen.addAll(taken);
        }
        assertThat(seen).containsAll(all);
    }

    @Test
    void nothingIsTakenTwiceAtATimeHoweverMuchIsAskedFor() {
        RoundRobin turns = new RoundRobin();
        assertThat(turns.next(List.of(1, 2, 3), 10)).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(turns.next(List.of(), 10)).isEmpty();
    }
}
