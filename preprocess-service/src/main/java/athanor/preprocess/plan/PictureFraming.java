package athanor.preprocess.plan;

import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.picture.Framing;
import athanor.guards.FramingWords;
import java.util.Optional;
import java.util.Set;

/** How a picture shows its person: by its owner's word, else by what was seen in it. */
public final class PictureFraming {

    private PictureFraming() {}

    /** Empty where neither the caption says it nor anybody could look. */
    public static Optional<Framing> of(AcceptedPicture picture) {
        return said(picture).or(() -> seen(picture)).filter(Framing::shows);
    }

    /** A caption that names two framings says nothing about it. */
    private static Optional<Framing> said(AcceptedPicture picture) {
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
