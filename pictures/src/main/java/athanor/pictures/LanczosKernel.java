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

    float[] weights(int i) {
        return weights[i];
    }

    /** One row of interleaved samples, resampled. */
    float[] apply(float[] row, int channels) {
        float[] out = new float[weights.length * channels];
        for (int i = 0; i < weights.length; i++) {
            float[] kernel = weights[i];
            for (int c = 0; c < channels; c++) {
                float sum = 0;
                int at = first[i] * channels + c;
                for (float weight : kernel) {
                    sum += weight * row[at];
                    at += channels;
                }
                out[i * channels + c] = sum;
            }
        }
        return out;
    }
}
