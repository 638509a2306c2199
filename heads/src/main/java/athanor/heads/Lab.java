package athanor.heads;

/** Between sRGB and CIE L*a*b* (D65), in which a distance of one is about the least that is seen. */
final class Lab {

    /** Rows of IEC 61966-2-1, each divided by the white of D65. */
    private static final double[][] TO_XYZ = {
        {0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047},
        {0.2126729, 0.7151522, 0.0721750},
        {0.0193339 / 1.08883, 0.1191920 / 1.08883, 0.9503041 / 1.08883}
    };

    private static final double[][] TO_RGB = {
        {3.2404542 * 0.95047, -1.5371385, -0.4985314 * 1.08883},
        {-0.9692660 * 0.95047, 1.8760108, 0.0415560 * 1.08883},
        {0.0556434 * 0.95047, -0.2040259, 1.0572252 * 1.08883}
    };

    private static final double KNEE = 6.0 / 29;

    private Lab() {}

    static double[] of(int rgb) {
        double[] linear = {linear(rgb >> 16 & 255), linear(rgb >> 8 & 255), linear(rgb & 255)};
        double[] xyz = times(TO_XYZ, linear);
        double x = root(xyz[0]);
        double y = root(xyz[1]);
        double z = root(xyz[2]);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    static int rgb(double[] lab) {
        double y = (lab[0] + 16) / 116;
        double[] xyz = {cube(y + lab[1] / 500), cube(y), cube(y - lab[2] / 200)};
        double[] linear = times(TO_RGB, xyz);
        return level(linear[0]) << 16 | level(linear[1]) << 8 | level(linear[2]);
    }

    private static double[] times(double[][] rows, double[] column) {
        double[] product = new double[3];
        for (int i = 0; i < 3; i++) {
            product[i] = rows[i][0] * column[0] + rows[i][1] * column[1] + rows[i][2] * column[2];
        }
        return product;
    }

    private static double root(double value) {
        return value > KNEE * KNEE * KNEE ? Math.cbrt(value) : value / (3 * KNEE * KNEE) + 4.0 / 29;
    }

    private static double cube(double value) {
        return value > KNEE ? value * value * value : 3 * KNEE * KNEE * (value - 4.0 / 29);
    }

    private static double linear(int level) {
        double value = level / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static int level(double linear) {
        double value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
        return (int) Math.max(0, Math.min(255, Math.round(255 * value)));
    }
}
