package athanor.endurance.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Something that goes wrong.
 *
 * @param at since every worker has a run
 * @param worker whom it befalls, where it befalls a worker
 * @param lasts until it is made good
 */
record Accident(Kind kind, Duration at, int worker, Duration lasts) {

    enum Kind {
        /** Its process is gone; the operator's supervisor starts another. */
        WORKER_KILLED,
        /** A pause of the whole machine: what it does afterwards must harm nothing. */
        WORKER_FROZEN,
        BROKER_KILLED,
        BROKER_FROZEN,
        STORE_KILLED,
        STORE_FROZEN,
        /** Every write is refused. */
        STORE_DISK_FULL
    }

    private static final int FIRST_MILLIS = 200;
    private static final int LAST_MILLIS = 6_000;
    private static final int SHORTEST_MILLIS = 500;
    private static final int LONGEST_MILLIS = 5_500;

    /** The same for the same seed, in order of time. */
    static List<Accident> ofSeed(long seed, int accidents, int workers) {
        Random random = new Random(seed);
        List<Accident> all = new ArrayList<>();
        for (int i = 0; i < accidents; i++) {
            Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
            all.add(new Accident(
                    kind,
                    Duration.ofMillis(random.nextInt(FIRST_MILLIS, LAST_MILLIS)),
                    random.nextInt(workers),
                    Duration.ofMillis(random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS))));
        }
        all.sort(Comparator.comparing(Accident::at));
        return all;
    }

    @Override
    public String toString() {
        String who = kind.name().startsWith("WORKER") ? " " + (worker + 1) : "";
        return "%.1f s: %s%s for %.1f s".formatted(at.toMillis() / 1e3, kind, who, lasts.toMillis() / 1e3);
    }
}
