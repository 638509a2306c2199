package athanor.tinybase.world;

import java.util.Random;

/**
 * Small random displacements, so that no two pictures are equal.
 *
 * @param x of the figure to the side, -1 to 1
 * @param y of the figure in height, -1 to 1
 * @param size of the figure, -1 to 1
 * @param backdropX of trees, windows, houses, 0 to 1
 * @param horizon height of the horizon, 0 to 1
 */
public record Jitter(double x, double y, double size, double backdropX, double horizon) {

    /** The middle of every range. */
    public static final Jitter NONE = new Jitter(0, 0, 0, 0.5, 0.5);

    static Jitter random(Random random) {
        return new Jitter(
                random.nextDouble() * 2 - 1,
                random.nextDouble() * 2 - 1,
                random.nextDouble() * 2 - 1,
                random.nextDouble(),
                random.nextDouble());
    }
}
