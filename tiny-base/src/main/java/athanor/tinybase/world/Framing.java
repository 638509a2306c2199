package athanor.tinybase.world;

import java.util.Arrays;
import java.util.Comparator;

/** How much of the person is in the picture: a scale of the figure and the height at which the picture cuts it. */
public enum Framing implements Worded {
    CLOSE_UP("close-up", 1.28, 52, 62),
    HALF_BODY("half body", 0.80, 60, 27),
    FULL_BODY("full body", 0.535, 44, -5.5);

    private final String word;
    /** Picture units per figure unit. */
    final double scale;
    /** Width in picture units that the figure needs; a narrower picture draws it smaller. */
    final double width;
    /** How far below the lower edge the feet are, in picture units; negative: above it. */
    final double feetBelow;

    Framing(String word, double scale, double width, double feetBelow) {
        this.word = word;
        this.scale = scale;
        this.width = width;
        this.feetBelow = feetBelow;
    }

    /**
     * The framing that a head of this size speaks of.
     *
     * @param halfHeight of the skull in pixels
     * @param width of the picture in pixels
     * @param height of the picture in pixels
     */
    public static Framing ofHead(double halfHeight, int width, int height) {
        return Arrays.stream(values())
                .min(Comparator.comparingDouble(framing -> {
                    double wanted = Figure.HEAD_RY * framing.scale * framing.pixel(width, height);
                    return Math.abs(Math.log(halfHeight / wanted));
                }))
                .orElseThrow();
    }

    /** @return pixels per picture unit */
    double pixel(int pictureWidth, int pictureHeight) {
        return Math.min(pictureHeight / 64.0, pictureWidth / width);
    }

    @Override
    public String word() {
        return word;
    }
}
