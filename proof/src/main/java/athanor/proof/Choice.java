package athanor.proof;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which trial to recommend: the best, unless another one is as good as far as anybody would see or so few pictures can tell. Of
 * those the one nearest to strength 1 is taken, because beyond it pictures break in ways that are not measured. All trials have the
 * same prompts and seeds, so two of them are compared picture by picture.
 *
 * <p>More than strength 1 is recommended only of a LoRA that shows the subject at no less. It always looks like more of the
 * subject, and on the drawn world it was judged worse than strength 1 of the same checkpoint in eight of nine trials.
 */
final class Choice {

    /** Of a score that goes from -1 to 1. */
    private static final double NOBODY_WOULD_SEE = 0.05;

    /** Identity from which on the subject is there. */
    private static final double SHOWN = 0.5;

    private Choice() {}

    static ProvedTrial best(List<ProvedTrial> trials) {
        return trials.stream()
                .max(Comparator.comparingDouble(ProvedTrial::score))
                .orElseThrow();
    }

    static ProvedTrial of(List<ProvedTrial> all) {
        List<ProvedTrial> moderate =
                all.stream().filter(tried -> tried.trial().strength() <= 1).toList();
        boolean enough = moderate.stream().anyMatch(tried -> tried.identity().value() >= SHOWN);
        List<ProvedTrial> trials = enough ? moderate : all;
        ProvedTrial best = best(trials);
        return trials.stream()
                .filter(tried -> isAsGood(tried, best))
                .min(Comparator.comparingDouble(
                                (ProvedTrial tried) -> Math.abs(tried.trial().strength() - 1))
                        .thenComparing(tried -> -tried.score()))
                .orElse(best);
    }

    /** Whether the best one's lead is less than the standard error of the difference, or too small to matter. */
    static boolean isAsGood(ProvedTrial tried, ProvedTrial best) {
        double lead = best.score() - tried.score();
        double error = Math.hypot(error(best.gains(), tried.gains()), error(best.losses(), tried.losses()));
        return lead <= Math.max(error, NOBODY_WOULD_SEE);
    }

    /** Standard error of the mean difference between pairs. */
    private static double error(List<Double> one, List<Double> other) {
        int n = one.size();
        double[] differences = IntStream.range(0, n)
                .mapToDouble(i -> one.get(i) - other.get(i))
                .toArray();
        double mean = IntStream.range(0, n).mapToDouble(i -> differences[i]).sum() / n;
        double squares = 0;
        for (double difference : differences) {
            squares += (difference - mean) * (difference - mean);
        }
        return n < 2 ? 0 : Math.sqrt(squares / (n - 1) / n);
    }
}
