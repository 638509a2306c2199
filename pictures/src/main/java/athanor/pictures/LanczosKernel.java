package athanor.pictures;

/**
 * The weights with which source samples make one target sample, in one direction: Lanczos with a = 3, widened by
 * the scale when shrinking so that it also is the low-pass filter.
 */
final class LanczosKernel {

    private static final int LOBES = 3;

    private final int[] first;
    private final float[][] weights;

    /** Both lengths in samples. */
    LanczosKernel(int source, int target) {
        double scale = (double) source / target;
        double support = Math.max(1, scale);
        first = new int[target];
        weights = new float[target][];
        for (int i = 0; i < target; i++) {
            double centre = (i + 0.5) * scale;
            int from = Math.max(0, (int) Math.floor(centre - LOBES * support));
            int to = Math.min(source - 1, (int) Math.ceil(centre + LOBES * support));
            first[i] = from;
            weights[i] = normalised(from, to, centre, support);
        }
    }

    private static float[] normalised(int from, int to, double centre, double support) {
        float[] row = new float[to - from + 1];
        double sum = 0;
        for (int j = 0; j < row.length; j++) {
            double weight = lanczos((from + j + 0.5 - centre) / support);
            row[j] = (float) weight;
            sum += weight;
        }
        for (int j = 0; j < row.length; j++) {
            row[j] = (float) (row[j] / sum);
        }
        return row;
    }

    /** sinc(x) sinc(x / a), zero outside the lobes. */
    private static double lanczos(double x) {
        double distance = Math.abs(x);
        if (distance < 1e-9) {
            return 1;
        }
        if (distance >= LOBES) {
            return 0;
        }
        double angle = Math.PI * distance;
        return LOBES * Math.sin(angle) * Math.sin(angle / LOBES) / (angle * angle);
    }

    /** Index of the first source sample that target sample {@code i} is made of. */
    int first(int i) {
        return first[i];
    }

    /** Index behind the last source sample that target sample {@code i} is made of. */
    int end(int i) {
        return first[i] + weights[i].length;
    }

    /** How much of a source sample is in target sample {@code i}; 0 where it is no part of it. */
    float weight(int i, int source) {
        int at = source - first[i];
        return at >= 0 && at < weights[i].length ? weights[i][at] : 0;
    }

    /**
     * A part of a row of pixels with three interleaved samples each, resampled. The three sums do not wait for one another, which
     * makes this twice as fast as one after the other.
     *
     * @param row begins with the first source pixel that is needed
     * @param from the first target pixel
     */
    float[] apply(float[] row, int from, int count) {
        float[] out = new float[count * 3];
        for (int i = 0; i < count; i++) {
            float sum0 = 0;
            float sum1 = 0;
            float sum2 = 0;
            int at = (first[from + i] - first[from]) * 3;
            for (float weight : weights[from + i]) {
                sum0 += weight * row[at];
                sum1 += weight * row[at + 1];
                sum2 += weight * row[at + 2];
                at += 3;
            }
            out[3 * i] = sum0;
            out[3 * i + 1] = sum1;
            out[3 * i + 2] = sum2;
        }
        return out;
    }
}
