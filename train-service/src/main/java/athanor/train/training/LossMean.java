package athanor.train.training;

/**
 * A loss as people read it: the mean of the last steps. The loss of one step tells mostly which noise level was drawn.
 */
final class LossMean {

    private static final int WINDOW = 50;

    private final double[] last = new double[WINDOW];
    private int count;

    void add(double loss) {
        last[count++ % WINDOW] = loss;
    }

    /** 0 before the first step. */
    double value() {
        int n = Math.min(count, WINDOW);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += last[i];
        }
        return n == 0 ? 0 : sum / n;
    }
}
