package athanor.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;

/**
 * A line between two kinds of pictures, drawn from few of each: ridge regression on standardised features towards +1 and -1, in its
 * dual form, because there are many more features than pictures. Both kinds weigh the same, however many there are of each.
 *
 * <p>What the line says of a picture when it has not seen it follows from the same solution (Rasmussen and Williams 2006, eq.
 * 5.12): {@code y_i - a_i / inverse_ii}. The strength of the ridge is the one that is least wrong about those.
 */
final class LinearProbe {

    private static final double[] RIDGES = {1e-3, 1e-2, 1e-1, 1, 10};

    private final Standardised scale;
    private final double[][] rows;
    private final double[] weights;
    private final double[] leftOut;
    private final int positives;

    private LinearProbe(Standardised scale, double[][] rows, double[] weights, double[] leftOut, int positives) {
        this.scale = scale;
        this.rows = rows;
        this.weights = weights;
        this.leftOut = leftOut;
        this.positives = positives;
    }

    /** @param positives at least two, as of the negatives; all of one length */
    static LinearProbe between(List<float[]> positives, List<float[]> negatives) {
        if (positives.size() < 2 || negatives.size() < 2) {
            throw new IllegalArgumentException("%d against %d pictures; a line between them needs at least two of each"
                    .formatted(positives.size(), negatives.size()));
        }
        List<float[]> all = new ArrayList<>(positives);
        all.addAll(negatives);
        Standardised scale = Standardised.of(all);
        double[][] rows = all.stream().map(scale::apply).toArray(double[][]::new);
        int n = rows.length;
        double[] wanted = new double[n];
        Arrays.fill(wanted, -1);
        Arrays.fill(wanted, 0, positives.size(), 1);
        RealMatrix kernel = kernel(rows);
        LinearProbe best = null;
        double least = Double.POSITIVE_INFINITY;
        for (double ridge : RIDGES) {
            RealMatrix ridged = kernel.copy();
            for (int i = 0; i < n; i++) {
                double rarity = 2.0 * (wanted[i] > 0 ? positives.size() : negatives.size()) / n;
                ridged.addToEntry(i, i, ridge * rarity);
            }
            RealMatrix inverse = new CholeskyDecomposition(ridged).getSolver().getInverse();
            double[] weights = inverse.operate(wanted);
            double[] leftOut = new double[n];
            double wrong = 0;
            for (int i = 0; i < n; i++) {
                leftOut[i] = wanted[i] - weights[i] / inverse.getEntry(i, i);
                double miss = wanted[i] - leftOut[i];
                wrong += miss * miss / (wanted[i] > 0 ? positives.size() : negatives.size());
            }
            if (wrong < least) {
                least = wrong;
                best = new LinearProbe(scale, rows, weights, leftOut, positives.size());
            }
        }
        if (best == null) {
            throw new IllegalArgumentException("the features are no finite numbers");
        }
        return best;
    }

    /** Above 0: more like the positives. */
    double of(float[] features) {
        double[] row = scale.apply(features);
        double score = 0;
        for (int i = 0; i < rows.length; i++) {
            score += weights[i] * product(rows[i], row);
        }
        return score;
    }

    /** What the line would say of each positive if it had not been among those that it was drawn from. */
    List<Double> positivesLeftOut() {
        return boxed(0, positives);
    }

    List<Double> negativesLeftOut() {
        return boxed(positives, leftOut.length);
    }

    private List<Double> boxed(int from, int to) {
        return Collections.unmodifiableList(
                Arrays.stream(leftOut, from, to).boxed().toList());
    }

    private static RealMatrix kernel(double[][] rows) {
        int n = rows.length;
        RealMatrix kernel = new Array2DRowRealMatrix(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double product = product(rows[i], rows[j]);
                kernel.setEntry(i, j, product);
                kernel.setEntry(j, i, product);
            }
        }
        return kernel;
    }

    /** Mean over the features, and 1 for the line's offset. */
    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return 1 + sum / a.length;
    }
}
