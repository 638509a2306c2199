package athanor.heads;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;

/**
 * Where a head sits in a picture, how large it is, and how far it is tilted.
 *
 * @param anchor the point that is laid on the other head's
 * @param centre of the ellipse that holds the head with its hair
 * @param halfWidth of that ellipse, pixels
 * @param halfHeight of that ellipse, pixels
 * @param size two lengths that heads are compared by; both alike where only one is known
 * @param tilt from the eyes to the mouth, radians; a quarter turn where the head is upright
 */
public record HeadSpot(Point2D anchor, Point2D centre, double halfWidth, double halfHeight, Size size, double tilt) {

    /** In heights of a face, brows to chin. Tried on photographs: wider, and the other's background comes with it. */
    private static final double HALF_WIDTH = 0.62;

    private static final double HALF_HEIGHT = 0.86;
    /** From the brows down to the middle of a head with any hair. */
    private static final double MIDDLE = 0.325;

    /** Of a head with its hair over one without, and what big hair adds above the crown. */
    private static final double WIDTH_OF_HAIR = 1.25;

    private static final double HAIR_ABOVE = 0.2 / 1.35;

    static final double UPRIGHT = Math.PI / 2;

    /** @param eyesToMouth distance, pixels */
    public record Size(double face, double eyesToMouth) {

        /** How many times as large this one is; face and features each have half a vote. */
        double over(Size other) {
            return (face / other.face + eyesToMouth / other.eyesToMouth) / 2;
        }
    }

    /**
     * As a detector sees it.
     *
     * @param face brows to chin
     * @param eyes the point between them
     */
    public static HeadSpot seen(Rectangle2D face, Point2D eyes, Point2D mouth) {
        double dx = mouth.getX() - eyes.getX();
        double dy = mouth.getY() - eyes.getY();
        return new HeadSpot(
                new Point2D.Double((eyes.getX() + mouth.getX()) / 2, (eyes.getY() + mouth.getY()) / 2),
                new Point2D.Double(face.getCenterX(), face.getY() + MIDDLE * face.getHeight()),
                HALF_WIDTH * face.getHeight(),
                HALF_HEIGHT * face.getHeight(),
                new Size(face.getHeight(), Math.hypot(dx, dy)),
                Math.atan2(dy, dx));
    }

    /**
     * A head that was pointed out, from crown to chin, with any hair; a test beside module plan holds both equal.
     *
     * @param head as its owner drew the box
     */
    public static Rectangle2D withHair(Rectangle2D head) {
        double width = WIDTH_OF_HAIR * head.getWidth();
        double above = HAIR_ABOVE * head.getHeight();
        return new Rectangle2D.Double(
                head.getCenterX() - width / 2, head.getY() - above, width, head.getHeight() + above);
    }

    /** As somebody pointed it out: upright. */
    public static HeadSpot pointedOut(Rectangle2D headWithHair) {
        Point2D middle = new Point2D.Double(headWithHair.getCenterX(), headWithHair.getCenterY());
        double height = headWithHair.getHeight();
        return new HeadSpot(middle, middle, headWithHair.getWidth() / 2, height / 2, new Size(height, height), UPRIGHT);
    }
}
