package athanor.preprocess.plan;

import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.picture.Finding;
import athanor.contracts.picture.FindingCode;
import athanor.contracts.picture.Framing;
import athanor.contracts.picture.MeasuredPicture;
import athanor.contracts.picture.PictureLook;
import athanor.contracts.picture.Region;
import athanor.contracts.plan.PlanRequest;
import athanor.plan.Head;
import athanor.plan.buckets.Placement;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An instance picture with its place in the training.
 *
 * @param seen what looking at it came to, as far as a plan asks
 * @param framing how it shows its person, where that is known
 * @param cut what of the caption no text encoder reads
 * @param isHead whether it was cut out of a larger one
 */
public record PlacedPicture(
        PlanRequest.Picture seen,
        Placement placement,
        Caption caption,
        Optional<Framing> framing,
        Optional<CutCaption> cut,
        Whole whole,
        boolean isHead) {

    /**
     * What is known of the picture as it was uploaded.
     *
     * @param framing how it shows its person before it is cut
     * @param blurred whether it, or the face in it, was found to be blurred
     * @param edgeBlur of its sharpest edges, pixels; absent where not measured
     */
    public record Whole(
            Optional<Framing> framing,
            boolean blurred,
            @Nullable Double edgeBlur) {

        static Whole of(AcceptedPicture picture) {
            PictureLook look = picture.look();
            MeasuredPicture measured = look == null ? null : look.measured();
            return new Whole(
                    PictureFraming.of(picture),
                    look != null && look.findings().stream().map(Finding::code).anyMatch(BLURRED::contains),
                    measured == null ? null : measured.pixelBlur());
        }
    }

    private static final Set<FindingCode> BLURRED =
            EnumSet.of(FindingCode.BLURRED, FindingCode.MOTION_BLURRED, FindingCode.FACE_BLURRED);

    /** One that is shown as it was uploaded, and sharp. */
    public PlacedPicture(
            PlanRequest.Picture seen,
            Placement placement,
            Caption caption,
            Optional<Framing> framing,
            Optional<CutCaption> cut) {
        this(seen, placement, caption, framing, cut, new Whole(framing, false, null), false);
    }

    /** One that is shown whole. */
    public PlacedPicture(
            PlanRequest.Picture seen,
            Placement placement,
            Caption caption,
            Optional<Framing> framing,
            Optional<CutCaption> cut,
            Whole whole) {
        this(seen, placement, caption, framing, cut, whole, false);
    }

    public static PlacedPicture of(
            AcceptedPicture picture,
            Placement placement,
            Caption caption,
            Optional<Framing> framing,
            Optional<CutCaption> cut) {
        return new PlacedPicture(seen(picture), placement, caption, framing, cut, Whole.of(picture), false);
    }

    public static PlacedPicture of(
            Part part, Placement placement, Caption caption, Optional<Framing> framing, Optional<CutCaption> cut) {
        return new PlacedPicture(
                seen(part.view()), placement, caption, framing, cut, Whole.of(part.view()), part.head());
    }

    /** What its owner pointed out counts more than what a detector saw. */
    public static PlanRequest.Picture seen(AcceptedPicture picture) {
        PlanRequest.Picture seen = PlanRequest.Picture.of(picture.fileName(), picture.size(), picture.look());
        return Region.first(picture.regions(), Region.Kind.HEAD)
                .map(head -> new PlanRequest.Picture(
                        seen.fileName(),
                        seen.width(),
                        seen.height(),
                        seen.effectiveWidth(),
                        seen.effectiveHeight(),
                        Head.face(head)))
                .orElse(seen);
    }

    /** Of the main person of a picture, where one is known. */
    public static Optional<Head> headOf(AcceptedPicture picture) {
        return Optional.ofNullable(seen(picture).face()).map(Head::new);
    }

    /** Name for people. */
    public String fileName() {
        return seen.fileName();
    }

    /** Of its main person, where one was found. */
    Optional<Head> head() {
        return Optional.ofNullable(seen.face()).map(Head::new);
    }

    /** Height of the main person's head over the height of the trained picture, at most 1. */
    OptionalDouble headShare() {
        return head().map(head -> OptionalDouble.of(
                        Math.min(1, head.height(placement) / placement.bucket().height())))
                .orElseGet(OptionalDouble::empty);
    }
}
