package athanor.endurance.chaos;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What became of one seed.
 *
 * @param finished runs that have their LoRA; the others failed with a reason
 * @param stepsTwice steps that were computed more than once
 * @param repeated events that were sent twice under one id
 * @param takeovers seconds between two steps of a run on two workers
 * @param broken sentences, one for each property that does not hold
 */
record SeedResult(
        long seed,
        List<Accident> accidents,
        int finished,
        int failed,
        int attempts,
        int stepsTwice,
        int repeated,
        List<Double> takeovers,
        double seconds,
        List<String> broken) {

    SeedResult {
        accidents = List.copyOf(accidents);
        takeovers = List.copyOf(takeovers);
        broken = List.copyOf(broken);
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "seed %-5d %s  finished %d, failed %d; %d attempts, %d steps twice, %d events twice; takeovers %s s; %.0f s",
                seed,
                broken.isEmpty() ? "holds " : "BROKEN",
                finished,
                failed,
                attempts,
                stepsTwice,
                repeated,
                takeovers.isEmpty()
                        ? "none"
                        : takeovers.stream()
                                .map(one -> String.format(Locale.ROOT, "%.1f", one))
                                .collect(Collectors.joining(", ")),
                seconds);
    }
}
