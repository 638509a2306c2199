package athanor.contracts.proof;

import athanor.contracts.Check;

/**
 * A share of pictures, 0 to 1.
 *
 * @param low lower end of the 95 % interval
 * @param high upper end of it
 * @param pictures that were looked at
 */
public record Estimate(double value, double low, double high, int pictures) {

    public Estimate {
        Check.between(0, 1, value, "value");
        Check.between(0, 1, low, "low");
        Check.between(0, 1, high, "high");
        Check.atLeast(0, pictures, "pictures");
    }
}
