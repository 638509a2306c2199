package athanor.tinybase.world;

import static athanor.tinybase.world.Brush.oval;
import static athanor.tinybase.world.Brush.polygon;
import static athanor.tinybase.world.Brush.round;
import static athanor.tinybase.world.Brush.shade;

import java.awt.geom.Path2D;

/** Legs, arms and shirt in figure units; drawn before the head. */
final class Body {

    private Body() {}

    static void paint(Brush brush, Scene scene, int skin) {
        legs(brush, scene.trousers().rgb);
        boolean woman = scene.gender() == Gender.WOMAN;
        double shoulder = woman ? 12 : 15;
        int shirt = scene.shirt().rgb;
        for (int side = -1; side <= 1; side += 2) {
            arm(brush, scene.pose(), side, shoulder, shade(shirt, 0.84), skin);
        }
        brush.fill(shade(skin, 0.9), round(-5, -66, 10, 12, 3));
        brush.fill(
                shirt,
                woman
                        ? polygon(-12, -60, 12, -60, 9.5, -44, 15, -25, -15, -25, -9.5, -44)
                        : round(-15.5, -61, 31, 35, 9));
        brush.fill(skin, polygon(-5, -61.5, 5, -61.5, 0, -54));
    }

    private static void legs(Brush brush, int trousers) {
        brush.fill(trousers, round(-11, -32, 10, 29, 3));
        brush.fill(trousers, round(1, -32, 10, 29, 3));
        brush.fill(trousers, round(-11, -32, 22, 9, 3));
        brush.fill(0x33271f, round(-14, -6, 13, 6, 5));
        brush.fill(0x33271f, round(1, -6, 13, 6, 5));
    }

    private static void arm(Brush brush, Pose pose, int side, double shoulder, int sleeve, int skin) {
        double x = shoulder + (pose.raises(side) ? 15 : pose == Pose.WIDE ? 18 : 6);
        double y = pose.raises(side) ? -76 : pose == Pose.WIDE ? -52 : -32;
        double elbowX = shoulder + (pose.raises(side) ? 12 : pose == Pose.WIDE ? 9 : 4);
        double elbowY = pose.raises(side) ? -56 : pose == Pose.WIDE ? -54 : -48;
        Path2D bent = new Path2D.Double();
        bent.moveTo(side * (shoulder - 3), -55);
        bent.quadTo(side * elbowX, elbowY, side * x, y);
        brush.line(sleeve, 8, bent);
        brush.fill(skin, oval(side * x, y + (pose.raises(side) ? -3 : pose == Pose.WIDE ? 0 : 3), 4.6, 4.6));
    }
}
