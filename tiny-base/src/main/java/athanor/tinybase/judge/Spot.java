package athanor.tinybase.judge;

/**
 * A point that the judge found, in pixels of the picture it was shown.
 *
 * @param confidence 0.5 to 1
 */
public record Spot(double x, double y, double confidence) {}
