package athanor.train.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Takes a few at a time from a list that changes, so that each has its turn. It begins anywhere: of many workers that were started
 * together each looks somewhere else.
 */
final class RoundRobin {

    private int cursor = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);

    <T> List<T> next(List<T> all, int most) {
        List<T> taken = new ArrayList<>();
        for (int i = 0; i < Math.min(most, all.size()); i++) {
            taken.add(all.get(Math.floorMod(cursor + i, all.size())));
        }
        cursor += taken.size();
        return taken;
    }
}
