package athanor.tinybase.measure;

import java.util.Collection;
import java.util.Locale;
import java.util.function.Predicate;

/** How many of how many, with the 95 % confidence interval of Wilson (1927), which holds for few and for extreme counts. */
public record Share(int hits, int total) {

    /** 97.5 % quantile of the normal distribution. */
    private static final double Z = 1.959964;

    static final Share NONE = new Share(0, 0);

    public Share {
        if (hits < 0 || hits > total) {
            throw new IllegalArgumentException("%d of %d is no share".formatted(hits, total));
        }
    }

    static <T> Share of(Collection<T> things, Predicate<T> holds) {
        return new Share((int) things.stream().filter(holds).count(), things.size());
    }

    Share plus(Share other) {
        return new Share(hits + other.hits, total + other.total);
    }

    double value() {
        return total == 0 ? 0 : (double) hits / total;
    }

    double low() {
        return bound(-1);
    }

    double high() {
        return bound(1);
    }

    private double bound(int sign) {
        // At these ends the formula gives exactly 0 and 1, but for rounding.
        if (sign < 0 && hits == 0 || sign > 0 && hits == total) {
            return sign < 0 ? 0 : 1;
        }
        double p = value();
        double z2 = Z * Z / total;
        double spread = Z * Math.sqrt((p * (1 - p) + z2 / 4) / total);
        return Math.max(0, Math.min(1, (p + z2 / 2 + sign * spread) / (1 + z2)));
    }

    /** @return {@code 15/16 (72-99 %)} */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d/%d (%.0f-%.0f %%)", hits, total, 100 * low(), 100 * high());
    }
}
