package athanor.proof;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a picture is a training picture again. The measure is the set itself: two different pictures of one subject are so far
 * apart, and what lies much closer to one of them than any other does is that picture.
 */
final class Copying {

    /** Part of the distance between a training picture and the one that is most like it. */
    private static final double MUCH_CLOSER = 0.5;

    private final Standardised scale;
    private final List<double[]> instances;
    private final double apart;

    private Copying(Standardised scale, List<double[]> instances, double apart) {
        this.scale = scale;
        this.instances = instances;
        this.apart = apart;
    }

    /** @param instances at least two */
    static Copying of(List<float[]> instances) {
        Standardised scale = Standardised.of(instances);
        List<double[]> rows = instances.stream().map(scale::apply).toList();
        List<Double> nearest = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            double least = Double.POSITIVE_INFINITY;
            for (int j = 0; j < rows.size(); j++) {
                if (i != j) {
                    least = Math.min(least, distance(rows.get(i), rows.get(j)));
                }
            }
            nearest.add(least);
        }
        // The median: a set may hold one picture twice.
        double typical = nearest.stream().sorted().toList().get(nearest.size() / 2);
        return new Copying(scale, rows, typical);
    }

    boolean isCopy(float[] picture) {
        double[] row = scale.apply(picture);
        return instances.stream().anyMatch(instance -> distance(instance, row) < MUCH_CLOSER * apart);
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (a[k] - b[k]) * (a[k] - b[k]);
        }
        return Math.sqrt(sum / a.length);
    }
}
