package athanor.proof;

import java.util.List;

/**
 * Whether a picture shows the subject: on which side of the line between the instance pictures and what the base draws of the
 * class it lies, and how far from it. 0 is where the base's own pictures are, 1 where the instance pictures are, both as the line
 * sees them when it has not been drawn from them.
 */
final class Likeness {

    private final LinearProbe line;
    private final double none;
    private final double full;
    private final double separation;

    private Likeness(LinearProbe line) {
        this.line = line;
        this.none = mean(line.negativesLeftOut());
        this.full = mean(line.positivesLeftOut());
        this.separation = Separation.auc(line.positivesLeftOut(), line.negativesLeftOut());
    }

    /**
     * @param instances pictures of the subject
     * @param others what the base draws of its class, in the same framings
     */
    static Likeness between(List<float[]> instances, List<float[]> others) {
        return new Likeness(LinearProbe.between(instances, others));
    }

    /** How well held-out instance pictures are told from held-out others: area under the ROC curve. */
    double separation() {
        return separation;
    }

    /**
     * How good a likeness it is, 0 to 1. What lies beyond the instance pictures is as little like them as what lies as far before
     * them: more strength always goes further along the line, whether or not that is for the better.
     */
    double of(float[] picture) {
        return Math.max(0, 1 - Math.abs(way(picture) - 1));
    }

    /** How much of the subject is in a picture that should not show it, 0 to 1; a caricature counts in full. */
    double trace(float[] picture) {
        return Math.max(0, Math.min(1, way(picture)));
    }

    private double way(float[] picture) {
        return (line.of(picture) - none) / Math.max(1e-9, full - none);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(value -> value).average().orElseThrow();
    }
}
