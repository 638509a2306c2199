package athanor.diffusion;

/** How far numbers are from others, relative to these, L2. */
public final class Distance {

    private Distance() {}

    public static double distance(float[] found, float[] truth) {
        double difference = 0;
        double size = 0;
        for (int i = 0; i < truth.length; i++) {
            difference += Math.pow((double) found[i] - truth[i], 2);
            size += Math.pow(truth[i], 2);
        }
        return Math.sqrt(difference) / (size == 0 ? 1 : Math.sqrt(size));
    }
}
