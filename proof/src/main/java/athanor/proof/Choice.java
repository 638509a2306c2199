package athanor.proof;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which trial to recommend: the finished LoRA at strength 1, unless another one is proved to be better. That is the way it was
 * trained, the rate of learning has come to rest there, and without a proof it is the best guess. All trials have the
 * same prompts and seeds, so two of them are compared picture by picture; what leads by less than the 95 % interval of that
 * difference has proved nothing, and the best of several that have not is best by luck.
 */
final class Choice {

    /** Of a score that goes from -1 to 1. */
    private static final double NOBODY_WOULD_SEE = 0.05;

    /** Standard errors that a lead has to have. */
    private static final double PROVED = 2;

    private Choice() {}

    static ProvedTrial of(List<ProvedTrial> trials) {
        ProvedTrial trained = asTrained(trials);
        return trials.stream()
                .filter(tried -> isBetter(tried, trained))
                .max(Comparator.comparingDouble(ProvedTrial::score))
                .orElse(trained);
    }

    /** Of the last step that was tried at strength 1. */
    static ProvedTrial asTrained(List<ProvedTrial> trials) {
        return trials.stream()
                .filter(tried -> tried.trial().strength() == 1)
                .max(Comparator.comparingInt(tried -> tried.trial().step()))
                .orElseThrow();
    }

    private static boolean isBetter(ProvedTrial tried, ProvedTrial trained) {
        double lead = tried.score() - trained.score();
        double error = Math.hypot(error(tried.gains(), trained.gains()), error(tried.losses(), trained.losses()));
        return lead > Math.max(PROVED * error, NOBODY_WOULD_SEE);
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
