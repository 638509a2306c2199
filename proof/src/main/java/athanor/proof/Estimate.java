package athanor.proof;

import java.util.Collection;
import java.util.Locale;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * The share of pictures of which something holds, with the 95 % interval of Wilson (1927), which holds for few pictures and
 * for extreme shares. What holds of a picture may be any part of it, 0 to 1.
 *
 * @param pictures that it was estimated from
 */
public record Estimate(double value, double low, double high, int pictures) {

    private static final double Z = new NormalDistribution().inverseCumulativeProbability(0.975);

    static Estimate of(Collection<Double> parts) {
        int n = parts.size();
        if (n == 0) {
            return new Estimate(0, 0, 1, 0);
        }
        double share = parts.stream().mapToDouble(part -> part).average().orElseThrow();
        double z2 = Z * Z / n;
        double middle = share + z2 / 2;
        double spread = Z * Math.sqrt((share * (1 - share) + z2 / 4) / n);
        return new Estimate(
                share,
                Math.max(0, Math.min(share, (middle - spread) / (1 + z2))),
                Math.min(1, Math.max(share, (middle + spread) / (1 + z2))),
                n);
    }

    /** {@code 88 % (64-97 %)}. */
    public String words() {
        return String.format(Locale.ROOT, "%.0f %% (%.0f-%.0f %%)", 100 * value, 100 * low, 100 * high);
    }
}
