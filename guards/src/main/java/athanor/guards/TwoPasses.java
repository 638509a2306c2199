package athanor.guards;

import athanor.contracts.Size;
import java.util.Comparator;
import java.util.List;

/**
 * Which size to draw first where a picture shall be larger than what a LoRA was trained at: one of the wanted shape and the trained
 * area. Enlarged, it has the composition that the LoRA knows, and a refinement at low strength only adds the detail.
 */
public final class TwoPasses {

    /** What both sides are a multiple of. */
    private static final int STEP = 8;

    private TwoPasses() {}

    /**
     * @param wanted the size of the finished picture
     * @param trained sizes; not empty
     */
    public static Size first(Size wanted, List<Size> trained) {
        return first(wanted, nearest(wanted, trained));
    }

    static Size first(Size wanted, Size nearest) {
        double scale = Math.min(1, Math.sqrt((double) nearest.pixels() / wanted.pixels()));
        return new Size(side(wanted.width() * scale), side(wanted.height() * scale));
    }

    private static int side(double pixels) {
        return Math.max(STEP, STEP * (int) Math.round(pixels / STEP));
    }

    static Size nearest(Size wanted, List<Size> trained) {
        return trained.stream()
                .min(Comparator.comparingDouble(size -> distance(wanted, size)))
                .orElseThrow();
    }

    /** In octaves of shape and of area, so that a tall size is compared with a tall one. */
    private static double distance(Size one, Size other) {
        return Math.hypot(Math.log(shape(one) / shape(other)), Math.log((double) one.pixels() / other.pixels()));
    }

    static double shape(Size size) {
        return (double) size.width() / size.height();
    }
}
