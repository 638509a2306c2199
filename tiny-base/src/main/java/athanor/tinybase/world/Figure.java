package athanor.tinybase.world;

import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;

/**
 * Where the figure of a scene lies in a picture of a given size: the truth that detectors are measured against. All boxes
 * are in pixels and may reach beyond the picture.
 *
 * @param unit pixels per figure unit
 * @param feetX pixel column between the feet
 * @param feetY pixel row on which the figure stands
 */
public record Figure(double unit, double feetX, double feetY) {

    /** Skull in figure units. */
    static final double HEAD_Y = -78, HEAD_RX = 17, HEAD_RY = 18;
    /** Middle of the shirt in figure units. */
    static final double TORSO_Y = -44;

    private static final double SHIFT_X = 4;
    private static final double SHIFT_Y = 1.5;
    private static final double RESIZE = 0.05;

    /** Puts the figure of a scene into a picture; in a narrow one it is drawn smaller, never squeezed. */
    public static Figure of(Scene scene, int width, int height) {
        Framing framing = scene.framing();
        Jitter jitter = scene.jitter();
        double pixel = framing.pixel(width, height);
        double scale = framing.scale * (1 + RESIZE * jitter.size());
        double shift = framing == Framing.FULL_BODY ? 2 * SHIFT_X : SHIFT_X;
        double room = Math.max(0, (width / pixel - framing.width) / (64 - framing.width));
        double x = width / 2.0 + jitter.x() * shift * pixel * Math.min(1.5, room);
        // what a tall picture has more than a square one goes above a standing figure, and mostly below a cut one
        double spare = (height - 64 * pixel) * (framing == Framing.FULL_BODY ? 1 : 0.35);
        double y = spare + (64 + framing.feetBelow + jitter.y() * SHIFT_Y) * pixel;
        return new Figure(pixel * scale, x, y);
    }

    /** @return where the figure lies when the picture grows by the factor */
    Figure enlarged(double factor) {
        return new Figure(unit * factor, feetX * factor, feetY * factor);
    }

    /** @return the skull without hair and hat */
    public Rectangle2D head() {
        return box(-HEAD_RX, HEAD_Y - HEAD_RY, 2 * HEAD_RX, 2 * HEAD_RY);
    }

    /** @return shirt and legs, arms down */
    public Rectangle2D body() {
        return box(-15, -61, 30, 61);
    }

    /** @return skull and body */
    public Rectangle2D whole() {
        return head().createUnion(body());
    }

    /** @return middle of the shirt */
    public Point2D torso() {
        return new Point2D.Double(feetX, feetY + TORSO_Y * unit);
    }

    /** @return the point between the feet, on the ground */
    public Point2D feet() {
        return new Point2D.Double(feetX, feetY);
    }

    /** @return height of the skull as a share of the height of the whole figure; the same for everyone */
    public static double headShare() {
        return 2 * HEAD_RY / (HEAD_RY - HEAD_Y);
    }

    /** @return how far the middle of the shirt lies below the middle of the skull, in half heights of the skull */
    public static double headToTorso() {
        return (TORSO_Y - HEAD_Y) / HEAD_RY;
    }

    /** @return from figure units to pixels */
    AffineTransform transform() {
        return new AffineTransform(unit, 0, 0, unit, feetX, feetY);
    }

    private Rectangle2D box(double x, double y, double width, double height) {
        return new Rectangle2D.Double(feetX + x * unit, feetY + y * unit, width * unit, height * unit);
    }
}
