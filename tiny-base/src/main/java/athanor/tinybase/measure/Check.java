package athanor.tinybase.measure;

import java.util.Locale;

/**
 * One number against its bound: the line of {@code measure --short}.
 *
 * @param atLeast whether the value must be at least or at most the bound
 */
record Check(String name, double value, double bound, boolean atLeast) {

    static Check atLeast(String name, double value, double bound) {
        return new Check(name, value, bound, true);
    }

    static Check atMost(String name, double value, double bound) {
        return new Check(name, value, bound, false);
    }

    boolean holds() {
        return atLeast ? value >= bound : value <= bound;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-4s %-52s %6.3f  bound %s %.3f",
                holds() ? "ok" : "FAIL",
                name,
                value,
                atLeast ? ">=" : "<=",
                bound);
    }
}
