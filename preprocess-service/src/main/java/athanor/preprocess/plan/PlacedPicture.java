package athanor.preprocess.plan;

import athanor.preprocess.buckets.Placement;
import java.util.Optional;

/**
 * An instance picture with its place in the training.
 *
 * @param fileName name for people
 * @param cut what of the caption no text encoder reads
 */
public record PlacedPicture(String fileName, Placement placement, Caption caption, Optional<CutCaption> cut) {}
