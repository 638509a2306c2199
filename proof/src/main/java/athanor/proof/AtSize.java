package athanor.proof;

import java.util.Optional;

/**
 * What became of the recommended use at another size.
 *
 * @param times the trained size, in each direction
 * @param identity as of a trial
 * @param floor the identity that the base's own pictures have at that size
 * @param broken share of the pictures that show more than one figure, or one in parts; empty where that is not known
 */
public record AtSize(double times, Estimate identity, Estimate floor, Optional<Estimate> broken) {}
