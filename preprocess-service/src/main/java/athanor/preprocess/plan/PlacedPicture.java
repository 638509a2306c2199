package athanor.preprocess.plan;

import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.picture.Framing;
import athanor.contracts.plan.PlanRequest;
import athanor.plan.Head;
import athanor.plan.buckets.Placement;
import java.util.Optional;

/**
 * An instance picture with its place in the training.
 *
 * @param seen what looking at it came to, as far as a plan asks
 * @param framing how it shows its person, where that is known
 * @param cut what of the caption no text encoder reads
 */
public record PlacedPicture(
        PlanRequest.Picture seen,
        Placement placement,
        Caption caption,
        Optional<Framing> framing,
        Optional<CutCaption> cut) {

    public static PlacedPicture of(
            AcceptedPicture picture,
            Placement placement,
            Caption caption,
            Optional<Framing> framing,
            Optional<CutCaption> cut) {
        return new PlacedPicture(seen(picture), placement, caption, framing, cut);
    }

    public static PlanRequest.Picture seen(AcceptedPicture picture) {
        return PlanRequest.Picture.of(picture.fileName(), picture.size(), picture.look());
    }

    /** Name for people. */
    public String fileName() {
        return seen.fileName();
    }

    /** Of its main person, where one was found. */
    Optional<Head> head() {
        return Optional.ofNullable(seen.face()).map(Head::new);
    }
}
