package athanor.heads;

import java.awt.geom.Rectangle2D;
import java.util.Arrays;

/** The weight of each pixel of a picture in the loss: 0 or 1. */
public final class HeadMask {

    /** Hair that stands out further than the box is still a head. */
    private static final double AROUND = 0.1;

    private HeadMask() {}

    /**
     * All but the head.
     *
     * @param head with its hair, in pixels
     * @return row by row
     */
    public static float[] without(Rectangle2D head, int width, int height) {
        double x = AROUND * head.getWidth();
        double y = AROUND * head.getHeight();
        return filled(
                new Rectangle2D.Double(
                        head.getX() - x, head.getY() - y, head.getWidth() + 2 * x, head.getHeight() + 2 * y),
                width,
                height,
                1,
                0);
    }

    /** Nothing but the region. */
    public static float[] only(Rectangle2D region, int width, int height) {
        return filled(region, width, height, 0, 1);
    }

    private static float[] filled(Rectangle2D box, int width, int height, float outside, float inside) {
        float[] weights = new float[width * height];
        Arrays.fill(weights, outside);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (box.contains(x + 0.5, y + 0.5)) {
                    weights[y * width + x] = inside;
                }
            }
        }
        return weights;
    }
}
