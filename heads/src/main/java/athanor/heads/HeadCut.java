package athanor.heads;

import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.util.Optional;

/**
 * The square that a head is cut out by, as an instance of its own: a quarter of the head's height around it. It never reaches
 * beyond the picture, because invented borders are learnt: first it is moved, then it shrinks.
 */
public final class HeadCut {

    /** Side of the square over the height of the head with its hair. */
    private static final double ROOM = 1.5;
    /** A head of which the photograph shows less teaches a head that is cut off. */
    private static final double LEAST_SHOWN = 0.75;

    /** A whole in which the head is hardly smaller than in its cut is itself a picture of a head. */
    private static final double LEAST_ZOOM = 1.5;

    private HeadCut() {}

    /**
     * Whether a whole picture teaches where a head belongs.
     *
     * @param zoom how many times as high the head is in its cut as in the whole
     */
    public static boolean teachesAPlace(double zoom) {
        return zoom >= LEAST_ZOOM;
    }

    /**
     * @param head with its hair, in pixels of the picture; may reach beyond it
     * @return nothing where the picture does not show enough of the head, or no square within it holds what it shows
     */
    public static Optional<Rectangle> around(Rectangle2D head, int width, int height) {
        Rectangle2D shown = head.createIntersection(new Rectangle2D.Double(0, 0, width, height));
        if (shown.isEmpty() || area(shown) < LEAST_SHOWN * area(head)) {
            return Optional.empty();
        }
        double tall = Math.max(shown.getWidth(), shown.getHeight());
        int side = (int) Math.min(ROOM * Math.max(head.getHeight(), head.getWidth()), Math.min(width, height));
        if (side < Math.floor(tall)) {
            return Optional.empty();
        }
        int x = within(head.getCenterX() - side / 2.0, width - side);
        int y = within(head.getCenterY() - side / 2.0, height - side);
        return Optional.of(new Rectangle(x, y, side, side));
    }

    private static double area(Rectangle2D box) {
        return box.getWidth() * box.getHeight();
    }

    private static int within(double from, int most) {
        return (int) Math.round(Math.max(0, Math.min(most, from)));
    }
}
