package athanor.preprocess.plan;

import athanor.contracts.picture.Framing;
import athanor.plan.buckets.Placement;
import java.util.Optional;

/**
 * An instance picture with its place in the training.
 *
 * @param fileName name for people
 * @param framing how it shows its person, where that is known
 * @param cut what of the caption no text encoder reads
 */
public record PlacedPicture(
        String fileName, Placement placement, Caption caption, Optional<Framing> framing, Optional<CutCaption> cut) {}
