package athanor.preprocess;

import athanor.contracts.Size;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.picture.Region;
import athanor.heads.HeadSpot;
import athanor.heads.Transplant;
import athanor.people.Face;
import athanor.people.KeyPoint;
import athanor.people.Matte;
import athanor.people.People;
import athanor.people.PeopleSeen;
import athanor.plan.Head;
import athanor.preprocess.plan.PlacedPicture;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts the subject's head on another body, as large as that body's own, and looks at the result. Heads that were pointed out are
 * drawings most often, in which a detector sees no face: they are put where they were pointed out, and nobody looks again.
 */
final class TransplantHead {

    /** Of the longer side: more is not trained on. */
    private static final int SIDE = 3072;
    /** Of a face that is taken for one. */
    private static final double LEAST_SCORE = 0.7;

    private final Originals originals;
    private final People people;

    TransplantHead(Originals originals, People people) {
        this.originals = originals;
        this.people = people;
    }

    /**
     * @param image of the body with the other head; absent where it is refused
     * @param proportion height of the head that was found over that which was there; absent where nobody looked
     * @param refusal why it is not used
     */
    record Result(
            @Nullable BufferedImage image,
            @Nullable Double proportion,
            @Nullable String refusal) {}

    Result of(AcceptedPicture donor, AcceptedPicture body) {
        BufferedImage from = originals.within(donor, SIDE);
        BufferedImage to = originals.within(body, SIDE);
        boolean pointedOut = isPointedOut(donor) || isPointedOut(body);
        if (pointedOut) {
            Optional<HeadSpot> head = spot(donor, from);
            Optional<HeadSpot> target = spot(body, to);
            return head.isEmpty() || target.isEmpty()
                    ? refused(donor, body, "no head is known in " + (head.isEmpty() ? donor : body).fileName())
                    : new Result(
                            Transplant.of(from, head.get(), Transplant.Matte.EVERYTHING, to, target.get()), null, null);
        }
        return looked(donor, from, body, to);
    }

    private Result looked(AcceptedPicture donor, BufferedImage from, AcceptedPicture body, BufferedImage to) {
        Optional<Face> head = people.look(from).flatMap(PeopleSeen::mainFace);
        Optional<Face> target = people.look(to).flatMap(PeopleSeen::mainFace);
        if (head.isEmpty() || target.isEmpty()) {
            return refused(
                    donor,
                    body,
                    "no face was found in %s (%s); point the heads out in both pictures, or leave it out"
                            .formatted((head.isEmpty() ? donor : body).fileName(), people.detector()));
        }
        Transplant.Matte matte =
                people.matte(from).<Transplant.Matte>map(seen -> alpha(seen)).orElse(Transplant.Matte.EVERYTHING);
        BufferedImage made = Transplant.of(from, spot(head.get()), matte, to, spot(target.get()));
        Optional<Face> found = people.look(made)
                .flatMap(seen -> seen.faces().stream()
                        .min(Comparator.comparingDouble(
                                face -> -face.box().overlap(target.get().box()))));
        if (found.isEmpty()
                || found.get().score() < LEAST_SCORE
                || found.get().box().overlap(target.get().box()) == 0) {
            return refused(donor, body, "no face is seen in the result");
        }
        double proportion = found.get().box().height() / target.get().box().height();
        return Transplant.fits(proportion)
                ? new Result(made, proportion, null)
                : refused(
                        donor,
                        body,
                        String.format(
                                Locale.ROOT,
                                "the head came out %.0f %% of the height that the body's own has, and 92 to 108 %% is in proportion",
                                100 * proportion));
    }

    private static Result refused(AcceptedPicture donor, AcceptedPicture body, String why) {
        return new Result(
                null, null, "the head of %s is not put on %s: %s".formatted(donor.fileName(), body.fileName(), why));
    }

    private static Transplant.Matte alpha(Matte matte) {
        return matte::alpha;
    }

    private static boolean isPointedOut(AcceptedPicture picture) {
        return Region.first(picture.regions(), Region.Kind.HEAD).isPresent();
    }

    private static Optional<HeadSpot> spot(AcceptedPicture picture, BufferedImage image) {
        Optional<Head> head = PlacedPicture.headOf(picture);
        return head.map(known -> HeadSpot.pointedOut(known.withHair(new Size(image.getWidth(), image.getHeight()))));
    }

    private static HeadSpot spot(Face face) {
        KeyPoint right = face.keyPoint(KeyPoint.Part.RIGHT_EYE);
        KeyPoint left = face.keyPoint(KeyPoint.Part.LEFT_EYE);
        KeyPoint mouth = face.keyPoint(KeyPoint.Part.MOUTH);
        return HeadSpot.seen(
                new Rectangle2D.Double(
                        face.box().x(),
                        face.box().y(),
                        face.box().width(),
                        face.box().height()),
                new Point2D.Double((right.x() + left.x()) / 2, (right.y() + left.y()) / 2),
                new Point2D.Double(mouth.x(), mouth.y()));
    }
}
