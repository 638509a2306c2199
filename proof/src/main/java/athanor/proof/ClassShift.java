package athanor.proof;

import java.util.List;

/** How far a set of pictures lies from what the base draws of the class, measured by how far another set of the base's lies. */
final class ClassShift {

    private final Standardised scale;
    private final double[] middle;
    private final double usual;

    private ClassShift(Standardised scale, double[] middle, double usual) {
        this.scale = scale;
        this.middle = middle;
        this.usual = usual;
    }

    /**
     * @param base what the base draws of the class
     * @param again the same with other seeds
     */
    static ClassShift of(List<float[]> base, List<float[]> again) {
        Standardised scale = Standardised.of(base);
        double[] middle = middle(scale, base);
        return new ClassShift(scale, middle, distance(middle, middle(scale, again)));
    }

    /** 1 is what two sets of the base's own pictures differ by. */
    double of(List<float[]> pictures) {
        return distance(middle, middle(scale, pictures)) / Math.max(1e-9, usual);
    }

    private static double[] middle(Standardised scale, List<float[]> pictures) {
        double[] middle = new double[pictures.get(0).length];
        for (float[] picture : pictures) {
            double[] row = scale.apply(picture);
            for (int k = 0; k < row.length; k++) {
                middle[k] += row[k] / pictures.size();
            }
        }
        return middle;
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (a[k] - b[k]) * (a[k] - b[k]);
        }
        return Math.sqrt(sum / a.length);
    }
}
