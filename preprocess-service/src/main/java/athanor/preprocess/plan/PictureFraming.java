package athanor.preprocess.plan;

import athanor.appraisal.FramingOfPart;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.picture.Framing;
import athanor.contracts.picture.PeopleLook;
import athanor.guards.FramingWords;
import athanor.plan.buckets.Placement;
import java.util.Optional;
import java.util.Set;

/** How a picture shows its person: by its owner's word, else by what was seen in it; and once more when it is cut. */
public final class PictureFraming {

    private PictureFraming() {}

    /** Empty where neither the caption says it nor anybody could look. */
    public static Optional<Framing> of(AcceptedPicture picture) {
        return said(picture).or(() -> seen(picture)).filter(Framing::shows);
    }

    /**
     * As the part is that is trained on. The cut changes what the owner said only where what was seen in the whole says the same
     * as the owner: where detectors are of another opinion already there, they cannot tell what the cut took.
     */
    public static Optional<Framing> of(AcceptedPicture picture, Placement placement) {
        Optional<Framing> whole = of(picture);
        if (whole.isEmpty() || !whole.equals(seen(picture)) || placement.cropShare() <= 0) {
            return whole;
        }
        PeopleLook people = Optional.ofNullable(picture.look())
                .flatMap(look -> Optional.ofNullable(look.people()))
                .orElseThrow();
        return FramingOfPart.of(people, picture.size(), part(placement))
                .map(Optional::of)
                .orElse(whole)
                .filter(Framing::shows);
    }

    private static FramingOfPart.Part part(Placement placement) {
        double across =
                (double) placement.original().width() / placement.resized().width();
        double down =
                (double) placement.original().height() / placement.resized().height();
        return new FramingOfPart.Part(
                placement.cropLeft() * across,
                placement.cropTop() * down,
                placement.bucket().width() * across,
                placement.bucket().height() * down);
    }

    /** A caption that names two framings says nothing about it. */
    private static Optional<Framing> said(AcceptedPicture picture) {
        if (picture.framing() != null) {
            return Optional.of(picture.framing());
        }
        if (picture.caption() == null) {
            return Optional.empty();
        }
        Set<Framing> asked = FramingWords.namedIn(picture.caption());
        return asked.size() == 1 ? asked.stream().findFirst() : Optional.empty();
    }

    private static Optional<Framing> seen(AcceptedPicture picture) {
        return Optional.ofNullable(picture.look())
                .flatMap(look -> Optional.ofNullable(look.people()))
                .map(people -> people.framing());
    }
}
