package athanor.preprocess.plan;

import athanor.preprocess.buckets.Placement;

/**
 * An instance picture with its place in the training.
 *
 * @param fileName name for people
 */
public record PlacedPicture(String fileName, Placement placement, Caption caption) {}
