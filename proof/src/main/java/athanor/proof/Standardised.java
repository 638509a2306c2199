package athanor.proof;

import java.util.Collection;

/** Features with mean 0 and deviation 1 over a set of pictures, so that the loud ones do not drown the others. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Standardised(double[] mean, double[] deviation) {

    /** Below this part of the largest deviation a feature is the same in all pictures, but for rounding. */
    private static final double SILENT = 1e-6;

    static Standardised of(Collection<float[]> pictures) {
        int length = pictures.iterator().next().length;
        double[] mean = new double[length];
        double[] deviation = new double[length];
        for (float[] picture : pictures) {
            for (int k = 0; k < length; k++) {
                mean[k] += picture[k] / pictures.size();
            }
        }
        double largest = 0;
        for (int k = 0; k < length; k++) {
            double sum = 0;
            for (float[] picture : pictures) {
                sum += (picture[k] - mean[k]) * (picture[k] - mean[k]);
            }
            deviation[k] = Math.sqrt(sum / pictures.size());
            largest = Math.max(largest, deviation[k]);
        }
        for (int k = 0; k < length; k++) {
            if (deviation[k] <= SILENT * largest) {
                deviation[k] = Double.POSITIVE_INFINITY; // stays 0
            }
        }
        return new Standardised(mean, deviation);
    }

    double[] apply(float[] features) {
        if (features.length != mean.length) {
            throw new IllegalArgumentException(
                    "%d features, wanted %d as of the other pictures".formatted(features.length, mean.length));
        }
        double[] standardised = new double[features.length];
        for (int k = 0; k < features.length; k++) {
            standardised[k] = (features[k] - mean[k]) / deviation[k];
        }
        return standardised;
    }
}
