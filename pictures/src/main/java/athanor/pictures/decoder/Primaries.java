package athanor.pictures.decoder;

/**
 * The white and the three colours of which all others of a picture are mixed, as CIE 1931 chromaticities.
 *
 * @param xy x and y of white, red, green, blue
 */
record Primaries(double[] xy) {

    private static final Primaries SRGB = new Primaries(new double[] {.3127, .3290, .64, .33, .30, .60, .15, .06});

    /** Files round, and some write D65 with one digit less. */
    private static final double SAME = 0.002;

    /** Cone responses to XYZ, by which eyes get used to another white (Bradford; Lam 1985). */
    private static final double[][] BRADFORD = {
        {0.8951, 0.2664, -0.1614},
        {-0.7502, 1.7135, 0.0367},
        {0.0389, -0.0685, 1.0296}
    };

    /** Whether light can be mixed of them: none black, not all on one line. */
    boolean makeSense() {
        for (int i = 1; i < xy.length; i += 2) {
            if (xy[i - 1] < 0 || !(xy[i] > 0) || xy[i - 1] + xy[i] > 1) {
                return false;
            }
        }
        return Math.abs(determinant(colours())) > 1e-3;
    }

    boolean areThoseOfSrgb() {
        for (int i = 0; i < xy.length; i++) {
            if (Math.abs(xy[i] - SRGB.xy[i]) > SAME) {
                return false;
            }
        }
        return true;
    }

    /** Takes linear light of these primaries to linear light of sRGB's; white stays white. */
    double[][] toSrgb() {
        return times(inverse(SRGB.toXyz()), times(adaptation(), toXyz()));
    }

    private double[][] adaptation() {
        double[] from = times(BRADFORD, xyz(0));
        double[] to = times(BRADFORD, SRGB.xyz(0));
        double[][] scaled = new double[3][3];
        for (int i = 0; i < 3; i++) {
            scaled[i][i] = to[i] / from[i];
        }
        return times(inverse(BRADFORD), times(scaled, BRADFORD));
    }

    /** Each colour as bright as it must be for all together to make white. */
    private double[][] toXyz() {
        double[][] colours = colours();
        double[] brightness = times(inverse(colours), xyz(0));
        for (double[] row : colours) {
            for (int colour = 0; colour < 3; colour++) {
                row[colour] *= brightness[colour];
            }
        }
        return colours;
    }

    /** A colour a column. */
    private double[][] colours() {
        double[][] columns = new double[3][3];
        for (int colour = 0; colour < 3; colour++) {
            double[] xyz = xyz(colour + 1);
            for (int i = 0; i < 3; i++) {
                columns[i][colour] = xyz[i];
            }
        }
        return columns;
    }

    /** At brightness Y = 1. */
    private double[] xyz(int which) {
        double x = xy[2 * which];
        double y = xy[2 * which + 1];
        return new double[] {x / y, 1, (1 - x - y) / y};
    }

    private static double determinant(double[][] m) {
        return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
                - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
                + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
    }

    /** By cofactors, whose indices go round. */
    private static double[][] inverse(double[][] m) {
        double[][] inverse = new double[3][3];
        double determinant = determinant(m);
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 3; k++) {
                int r = (k + 1) % 3;
                int s = (k + 2) % 3;
                int c = (i + 1) % 3;
                int d = (i + 2) % 3;
                inverse[i][k] = (m[r][c] * m[s][d] - m[r][d] * m[s][c]) / determinant;
            }
        }
        return inverse;
    }

    private static double[][] times(double[][] a, double[][] b) {
        double[][] product = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 3; k++) {
                product[i][k] = a[i][0] * b[0][k] + a[i][1] * b[1][k] + a[i][2] * b[2][k];
            }
        }
        return product;
    }

    private static double[] times(double[][] m, double[] v) {
        double[] product = new double[3];
        for (int i = 0; i < 3; i++) {
            product[i] = m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2];
        }
        return product;
    }
}
