package athanor.preprocess;

import athanor.contracts.Size;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.dataset.PictureFate;
import athanor.contracts.dataset.PictureFate.CaptionFrom;
import athanor.contracts.dataset.PreparedPicture;
import athanor.contracts.picture.FaceSeen;
import athanor.contracts.picture.Finding;
import athanor.contracts.picture.PeopleLook;
import athanor.contracts.picture.PictureLook;
import athanor.contracts.picture.Region;
import athanor.contracts.plan.PlanView;
import athanor.plan.Head;
import athanor.plan.Planner;
import athanor.plan.buckets.Placement;
import athanor.preprocess.plan.Caption;
import athanor.preprocess.plan.Part;
import athanor.preprocess.plan.PictureFraming;
import athanor.preprocess.plan.PlacedPicture;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes down what became of each picture. */
final class Fates {

    private final int cell;

    /** @param cell pixels that one cell of the latent picture covers */
    Fates(int cell) {
        this.cell = cell;
    }

    int cell() {
        return cell;
    }

    PictureFate trained(Part part, PlacedPicture placed, PreparedPicture prepared) {
        Placement placement = placed.placement();
        AcceptedPicture picture = part.picture();
        return new PictureFate(
                picture.sha256(),
                Planner.place(placed.seen(), placement, cell),
                cut(part, placement),
                prepared.caption(),
                from(part.view().caption(), placed.caption()),
                placed.framing().orElse(null),
                faces(picture),
                findings(picture.look()),
                prepared.picture(),
                part.head() ? PictureFate.Use.HEAD : null);
    }

    /** @param after what stands behind the picture's name */
    PictureFate ofPrior(
            Part part,
            Placement placement,
            Caption caption,
            PreparedPicture prepared,
            PictureFate.Use use,
            String after) {
        AcceptedPicture picture = part.picture();
        PlanView.Picture place = Planner.place(PlacedPicture.seen(picture), placement, cell);
        return new PictureFate(
                picture.sha256(),
                new PlanView.Picture(
                        place.fileName() + after,
                        place.original(),
                        place.bucket(),
                        place.scale(),
                        place.pixelsKept(),
                        place.detailKept(),
                        place.cut(),
                        place.headCut(),
                        place.headCells(),
                        null),
                cut(part, placement),
                prepared.caption(),
                from(use == PictureFate.Use.CLASS_PICTURE ? picture.caption() : null, caption),
                prepared.framing(),
                faces(picture),
                findings(picture.look()),
                prepared.picture(),
                use);
    }

    /** @param why as a sentence without its subject */
    PictureFate leftOut(AcceptedPicture picture, Placement placement, String why) {
        return new PictureFate(
                picture.sha256(),
                Planner.place(PlacedPicture.seen(picture), placement, cell).refusedBecause(why),
                null,
                null,
                null,
                PictureFraming.of(picture).orElse(null),
                faces(picture),
                findings(picture.look()),
                null);
    }

    private static CaptionFrom from(@Nullable String given, Caption used) {
        if (given == null || given.isBlank()) {
            return CaptionFrom.BUILT;
        }
        return used.completed() ? CaptionFrom.COMPLETED : CaptionFrom.GIVEN;
    }

    private static PictureFate.Cut cut(Part part, Placement placement) {
        PictureFate.Cut within = cut(placement);
        return new PictureFate.Cut(
                part.area().x + within.x(), part.area().y + within.y(), within.width(), within.height());
    }

    private static PictureFate.Cut cut(Placement placement) {
        Size original = placement.original();
        double across = (double) original.width() / placement.resized().width();
        double down = (double) original.height() / placement.resized().height();
        int x = (int) Math.round(placement.cropLeft() * across);
        int y = (int) Math.round(placement.cropTop() * down);
        return new PictureFate.Cut(
                x,
                y,
                Math.min(original.width() - x, (int)
                        Math.round(placement.bucket().width() * across)),
                Math.min(original.height() - y, (int)
                        Math.round(placement.bucket().height() * down)));
    }

    private static List<FaceSeen> faces(AcceptedPicture picture) {
        Optional<Region> head = Region.first(picture.regions(), Region.Kind.HEAD);
        if (head.isPresent()) {
            return List.of(Head.face(head.get()));
        }
        PictureLook look = picture.look();
        PeopleLook people = look == null ? null : look.people();
        return people == null ? List.of() : people.faces();
    }

    private static List<Finding> findings(@Nullable PictureLook look) {
        return look == null ? List.of() : look.findings();
    }
}
