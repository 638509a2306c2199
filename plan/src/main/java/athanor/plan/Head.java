package athanor.plan;

import athanor.contracts.picture.FaceSeen;
import athanor.plan.buckets.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

    /** A head that loses more to the cut teaches a head that is cut off. */
    private static final double MUCH_OF_A_HEAD = 0.05;
    /** Fewer cells of the latent picture do not carry who it is. */
    private static final double LEAST_CELLS = 6;

    /**
     * What its owner should know.
     *
     * @param fileName of the picture
     * @param cell pixels that one cell of the latent picture covers
     */
    public List<String> warnings(String fileName, Placement placement, int cell) {
        List<String> warnings = new ArrayList<>();
        if (cut(placement) > MUCH_OF_A_HEAD) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%s loses %.0f %% of the head to the cut to %s: cut it yourself, around the head",
                    fileName,
                    100 * cut(placement),
                    placement.bucket()));
        }
        if (height(placement) < LEAST_CELLS * cell) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%s: trained at %s the head is %.0f pixels high, too few to carry who it is (%.0f are needed): cut the picture closer, or train larger",
                    fileName,
                    placement.bucket(),
                    height(placement),
                    LEAST_CELLS * cell));
        }
        return warnings;
    }

    /** Share of the head, any hair included, that the cut removes. What the photograph itself cuts off does not count. */
    double cut(Placement placement) {
        double width = placement.resized().width();
        double height = placement.resized().height();
        double left = (face.x() + face.width() / 2 - WIDTH_WITH_HAIR * face.width() / 2) * width;
        double right = left + WIDTH_WITH_HAIR * face.width() * width;
        double top = (face.y() - CROWN_OF_ANY_HAIR * face.height()) * height;
        double bottom = (face.y() + CHIN * face.height()) * height;
        double there = shared(left, right, 0, width) * shared(top, bottom, 0, height);
        double firstColumn = placement.cropLeft();
        double firstRow = placement.cropTop();
        double trained = shared(
                        left,
                        right,
                        firstColumn,
                        firstColumn + placement.bucket().width())
                * shared(top, bottom, firstRow, firstRow + placement.bucket().height());
        return there > 0 ? Math.max(0, 1 - trained / there) : 0;
    }

    /** Height from crown to chin, pixels of the trained picture. */
    double height(Placement placement) {
        return (CROWN_OF_SHORT_HAIR + CHIN)
                * face.height()
                * placement.resized().height();
    }

    private static double shared(double from, double to, double otherFrom, double otherTo) {
        return Math.max(0, Math.min(to, otherTo) - Math.max(from, otherFrom));
    }
}
