package athanor.plan;

import athanor.contracts.Size;
import athanor.contracts.picture.FaceSeen;
import athanor.contracts.picture.Region;
import athanor.plan.buckets.Placement;
import java.awt.geom.Rectangle2D;

/**
 * A head, from the face that was found in it: brows to chin, in shares of the picture.
 *
 * @param face of the main person
 */
public record Head(FaceSeen face) {

    /** As module people measured them; a test there is beside both holds them equal. In heights of the face, and in widths. */
    static final double CROWN_OF_SHORT_HAIR = 0.25;

    static final double CROWN_OF_ANY_HAIR = 0.45;
    static final double CHIN = 1.10;
    static final double WIDTH_WITH_HAIR = 1.5;

    /** Of a head with its hair over one without. */
    private static final double WIDTH_OF_HAIR = 1.25;
    /** Between crown and edge, of the height of the trained picture. */
    private static final double ROOM_ABOVE = 0.06;
    /** A head that loses more to the cut teaches a head that is cut off. */
    private static final double MUCH_OF_A_HEAD = 0.05;

    /** A head that somebody pointed out, from crown to chin, by the face that would be seen in it. */
    public static FaceSeen face(Region head) {
        double height = head.height() / (CROWN_OF_SHORT_HAIR + CHIN);
        double width = head.width() * WIDTH_OF_HAIR / WIDTH_WITH_HAIR;
        return new FaceSeen(
                head.x() + (head.width() - width) / 2, head.y() + CROWN_OF_SHORT_HAIR * height, width, height, 1);
    }

    /** With any hair, in pixels of a picture of this size; may reach beyond it. */
    public Rectangle2D withHair(Size picture) {
        double width = WIDTH_WITH_HAIR * face.width() * picture.width();
        return new Rectangle2D.Double(
                (face.x() + face.width() / 2) * picture.width() - width / 2,
                (face.y() - CROWN_OF_ANY_HAIR * face.height()) * picture.height(),
                width,
                (CROWN_OF_ANY_HAIR + CHIN) * face.height() * picture.height());
    }

    /** Edges in pixels of the scaled picture, any hair included; beyond it where the photograph cuts the head off. */
    private record Edges(double left, double top, double right, double bottom) {}

    private Edges edges(Placement placement) {
        double width = placement.resized().width();
        double height = placement.resized().height();
        double left = (face.x() + face.width() / 2 - WIDTH_WITH_HAIR * face.width() / 2) * width;
        return new Edges(
                left,
                (face.y() - CROWN_OF_ANY_HAIR * face.height()) * height,
                left + WIDTH_WITH_HAIR * face.width() * width,
                (face.y() + CHIN * face.height()) * height);
    }

    /** The same picture with the cut moved as little as possible, so that the head is in it where the bucket holds it. */
    public Placement keptIn(Placement placement) {
        Edges head = edges(placement);
        Size bucket = placement.bucket();
        double above = ROOM_ABOVE * bucket.height();
        return placement.cutAt(
                moved(placement.cropLeft(), bucket.width(), head.left(), head.right()),
                moved(placement.cropTop(), bucket.height(), head.top() - above, head.bottom()));
    }

    /** @param from first pixel of the cut, which holds {@code length} of them */
    private static int moved(int from, int length, double headFrom, double headTo) {
        if (headTo - headFrom > length) {
            return (int) Math.round((headFrom + headTo - length) / 2);
        }
        if (headFrom < from) {
            return (int) Math.floor(headFrom);
        }
        return headTo > from + length ? (int) Math.ceil(headTo - length) : from;
    }

    /** Share of the head, any hair included, that the cut removes. What the photograph itself cuts off does not count. */
    double cut(Placement placement) {
        Edges head = edges(placement);
        double there = shared(head.left(), head.right(), 0, placement.resized().width())
                * shared(head.top(), head.bottom(), 0, placement.resized().height());
        double firstColumn = placement.cropLeft();
        double firstRow = placement.cropTop();
        double trained = shared(
                        head.left(),
                        head.right(),
                        firstColumn,
                        firstColumn + placement.bucket().width())
                * shared(
                        head.top(),
                        head.bottom(),
                        firstRow,
                        firstRow + placement.bucket().height());
        return there > 0 ? Math.max(0, 1 - trained / there) : 0;
    }

    /** Whether the cut takes so much of it that a head would be learnt that is cut off. */
    boolean cutOff(Placement placement) {
        return cut(placement) > MUCH_OF_A_HEAD;
    }

    /** Height from crown to chin, pixels of the trained picture. */
    public double height(Placement placement) {
        return (CROWN_OF_SHORT_HAIR + CHIN)
                * face.height()
                * placement.resized().height();
    }

    private static double shared(double from, double to, double otherFrom, double otherTo) {
        return Math.max(0, Math.min(to, otherTo) - Math.max(from, otherFrom));
    }
}
