package athanor.preprocess.plan;

import athanor.contracts.Size;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.picture.FaceSeen;
import athanor.contracts.picture.Finding;
import athanor.contracts.picture.Framing;
import athanor.contracts.picture.PeopleLook;
import athanor.contracts.picture.PictureLook;
import athanor.heads.HeadCut;
import athanor.plan.Head;
import java.awt.Rectangle;
import java.util.List;
import java.util.Optional;

/**
 * What of an uploaded picture is learnt from, as a picture of its own: the whole, or its head.
 *
 * @param picture as it was uploaded
 * @param view the part as if it had been uploaded: its size, its face, its name
 * @param area of the part, in pixels of the upload
 * @param head whether it is the head
 */
public record Part(AcceptedPicture picture, AcceptedPicture view, Rectangle area, boolean head) {

    private static final String WHO_SAW_IT = "the cut";

    public static Part whole(AcceptedPicture picture) {
        return new Part(
                picture,
                picture,
                new Rectangle(picture.size().width(), picture.size().height()),
                false);
    }

    /** Nothing where no head is known, or too little of it is in the picture. */
    public static Optional<Part> head(AcceptedPicture picture) {
        return PlacedPicture.headOf(picture)
                .flatMap(head -> HeadCut.around(
                                head.withHair(picture.size()),
                                picture.size().width(),
                                picture.size().height())
                        .map(area -> new Part(picture, view(picture, head, area), area, true)));
    }

    /** Its framing is known, so its caption is built with it; what was said of the whole picture may not be seen in it. */
    private static AcceptedPicture view(AcceptedPicture picture, Head head, Rectangle area) {
        Size whole = picture.size();
        FaceSeen face = head.face();
        FaceSeen inside = new FaceSeen(
                (face.x() * whole.width() - area.x) / area.width,
                (face.y() * whole.height() - area.y) / area.height,
                face.width() * whole.width() / area.width,
                face.height() * whole.height() / area.height,
                face.score());
        PictureLook before = picture.look();
        List<Finding> findings = before == null ? List.of() : before.findings();
        PeopleLook people = new PeopleLook(
                List.of(inside),
                1,
                Framing.CLOSE_UP,
                head.withHair(whole).getHeight() / area.height,
                "the head was cut out",
                WHO_SAW_IT);
        return new AcceptedPicture(
                picture.sha256(),
                picture.original(),
                picture.fileName() + ", head",
                new Size(area.width, area.height),
                picture.format(),
                null,
                new PictureLook(findings, null, people));
    }

    /** Of the whole picture; only heads are asked. */
    public Head headOfWhole() {
        return PlacedPicture.headOf(picture).orElseThrow();
    }
}
