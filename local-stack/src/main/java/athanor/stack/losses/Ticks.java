package athanor.stack.losses;

import java.util.Locale;
import java.util.stream.LongStream;

/** Where an axis is marked: at multiples of one, two or five times a power of ten, as people count. */
final class Ticks {

    private Ticks() {}

    /** At most {@code most} and one more, all of them on the axis; an axis without length has one. */
    static double[] between(double low, double high, int most) {
        if (high <= low) {
            return new double[] {low};
        }
        double step = step(high - low, most);
        long first = (long) Math.ceil(low / step - 1e-9);
        long last = (long) Math.floor(high / step + 1e-9);
        return LongStream.rangeClosed(first, last)
                .mapToDouble(number -> Double.parseDouble(String.format(Locale.ROOT, "%.9g", number * step)))
                .toArray();
    }

    /** With as many decimals as the marks of this axis need. */
    static String label(double value, double length, int most) {
        int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step(length, most)) - 1e-9));
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private static double step(double length, int most) {
        double least = length / most;
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (int times : new int[] {1, 2, 5}) {
            if (times * power >= least * (1 - 1e-9)) {
                return times * power;
            }
        }
        return 10 * power;
    }
}
