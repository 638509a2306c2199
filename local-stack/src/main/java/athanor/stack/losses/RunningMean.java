package athanor.stack.losses;

import athanor.contracts.rest.TrainedStep;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A loss as people read it: the mean of the last steps, because that of one step tells mostly which noise level was drawn. */
final class RunningMean {

    /** What train-service means by the final loss of a run, too. */
    private static final int WINDOW = 50;

    private RunningMean() {}

    /** One mean for each step, of it and up to 49 before it. */
    static double[] of(List<TrainedStep> steps, ToDoubleFunction<TrainedStep> loss) {
        double[] means = new double[steps.size()];
        double sum = 0;
        for (int i = 0; i < means.length; i++) {
            sum += loss.applyAsDouble(steps.get(i));
            if (i >= WINDOW) {
                sum -= loss.applyAsDouble(steps.get(i - WINDOW));
            }
            means[i] = sum / Math.min(i + 1, WINDOW);
        }
        return means;
    }
}
