package athanor.tinybase.world;

import static athanor.tinybase.world.Brush.box;
import static athanor.tinybase.world.Brush.oval;
import static athanor.tinybase.world.Brush.polygon;

import java.awt.geom.AffineTransform;

/**
 * The four places, in picture units (shorter side 64). What stands around repeats every 64 units from the middle, so that a
 * wide picture is as full as a square one; a tall one gets more sky.
 */
final class Backdrop {

    private final Brush brush;
    private final double width;
    private final double height;
    private final double shift;
    private final double horizonShift;

    Backdrop(Brush brush, double width, double height, Jitter jitter) {
        this.brush = brush;
        this.width = width;
        this.height = height;
        this.shift = jitter.backdropX() * 16 - 8;
        this.horizonShift = jitter.horizon() * 5;
    }

    void paint(Place place) {
        switch (place) {
            case PARK -> park();
            case ROOM -> room();
            case BEACH -> beach();
            case STREET -> street();
        }
    }

    private void park() {
        double ground = ground(0xa3d8f7, 0x78bd4c, 38);
        repeat(ground, () -> {
            brush.fill(0xffffff, oval(-2 + shift * 0.4, -30, 7, 3));
            brush.fill(0xffffff, oval(2 + shift * 0.4, -32, 5, 3.5));
            brush.fill(0x7a5230, box(-25 + shift, -16, 4, 22));
            brush.fill(0x2f7d32, oval(-23 + shift, -20, 10, 12));
            brush.fill(0x7a5230, box(20 + shift, -12, 4, 18));
            brush.fill(0x3f9443, oval(22 + shift, -16, 9, 10));
        });
    }

    private void room() {
        double floor = ground(0xecdfc6, 0xa9764a, 47);
        repeat(floor, () -> {
            brush.fill(0xfaf6ec, box(-33, -2, 66, 2));
            brush.fill(0x8b6a47, box(-29 + shift, -39, 18, 19));
            brush.fill(0xcfe6f4, box(-27 + shift, -37, 14, 15));
            brush.fill(0x8b6a47, box(-20.6 + shift, -37, 1.2, 15));
            brush.fill(0x9d4a6a, box(15 + shift, -36, 11, 14));
            brush.fill(0xf3d9a0, box(17 + shift, -34, 7, 10));
        });
    }

    private void beach() {
        double shore = ground(0x86cdf2, 0xf3e2b3, 41);
        repeat(shore, () -> {
            brush.fill(0x1f86b8, box(-33, -13, 66, 13));
            brush.fill(0xffe45c, oval(21 + shift * 0.6, -33, 6.5, 6.5));
            brush.fill(0xffffff, polygon(-24 + shift, -12, -24 + shift, -24, -15 + shift, -13));
            brush.fill(0x8a4b2a, polygon(-28 + shift, -11, -13 + shift, -11, -16 + shift, -8, -25 + shift, -8));
        });
    }

    private void street() {
        double road = ground(0xdde2e8, 0x6b6e73, 47);
        repeat(road, () -> {
            house(0x8d7f79, -35 + shift, 20, 40);
            house(0xa4553f, 12 + shift, 23, 46);
            brush.fill(0xb9bcc0, box(-33, -1.5, 66, 3));
            brush.fill(0xf2f2ee, box(-22 + shift, 9.5, 12, 1.6));
            brush.fill(0xf2f2ee, box(10 + shift, 9.5, 12, 1.6));
        });
    }

    private void house(int rgb, double x, double wide, double high) {
        brush.fill(rgb, box(x, -high, wide, high));
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 2; column++) {
                brush.fill(0xf6e7a8, box(x + 4 + column * (wide / 2 - 1), -high + 5 + row * 11, 4.5, 5.5));
            }
        }
    }

    /** @return the height of the horizon, which stays where it is in a square picture, counted from below */
    private double ground(int above, int below, double horizon) {
        double y = height - 64 + horizon + horizonShift;
        brush.fill(above, box(0, 0, width, y + 1));
        brush.fill(below, box(0, y, width, height - y));
        return y;
    }

    private void repeat(double horizon, Runnable around) {
        AffineTransform before = brush.g().getTransform();
        int tiles = (int) Math.ceil((width / 2 - 32) / 64);
        for (int tile = -tiles; tile <= tiles; tile++) {
            brush.g().translate(width / 2 + 64 * tile, horizon);
            around.run();
            brush.g().setTransform(before);
        }
    }
}
