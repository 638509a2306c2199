package athanor.tinybase.world;

import static athanor.tinybase.world.Brush.box;
import static athanor.tinybase.world.Brush.oval;
import static athanor.tinybase.world.Brush.round;
import static athanor.tinybase.world.Brush.shade;

import java.awt.geom.Arc2D;
import java.awt.geom.Area;
import java.awt.geom.Line2D;

/**
 * The head of a person of the world, in figure units. Eyes, mouth and hair are far larger than life: at full body the whole
 * head has some twenty pixels of a 64 pixel picture, and a face must survive that.
 */
final class Head {

    private Head() {}

    static void paint(Brush brush, Scene scene) {
        int hair = scene.hair().rgb;
        face(brush, scene.gender(), scene.skin().rgb, shade(hair, 0.8));
        hair(brush, scene, hair);
        if (scene.accessory() == Accessory.GLASSES) {
            glasses(brush);
        } else if (scene.accessory() == Accessory.HAT) {
            hat(brush);
        }
    }

    static void face(Brush brush, Gender gender, int skin, int brow) {
        brush.fill(shade(skin, 0.92), oval(-17, -77, 3.2, 4.2));
        brush.fill(shade(skin, 0.92), oval(17, -77, 3.2, 4.2));
        brush.fill(skin, oval(0, Figure.HEAD_Y, Figure.HEAD_RX, Figure.HEAD_RY));
        boolean woman = gender == Gender.WOMAN;
        for (int side = -1; side <= 1; side += 2) {
            brush.fill(0xffffff, oval(side * 6.8, -77.5, 4.3, 4.6));
            brush.fill(0x1d2129, oval(side * 6.4, -77.2, 2.8, 3.3));
            brush.fill(0xffffff, oval(side * 6.4 - 0.9, -78.6, 0.9, 0.9));
            if (woman) {
                brush.line(0x1d2129, 1.5, new Line2D.Double(side * 10.2, -80.6, side * 12.8, -82.8));
            } else {
                brush.line(brow, 2.2, new Line2D.Double(side * 3.8, -84.6, side * 10, -85));
            }
        }
        brush.line(shade(skin, 0.78), 1.6, new Line2D.Double(0, -74, 0, -71.6));
        if (woman) {
            brush.fill(0xd3304e, oval(0, -66.2, 5, 2.3));
        } else {
            brush.line(0x7d3a30, 2.2, new Arc2D.Double(-5.5, -71, 11, 6.5, 205, 130, Arc2D.OPEN));
        }
    }

    /** The hair that falls behind the shoulders; drawn before the body, or it would hide the shirt. */
    static void behind(Brush brush, Scene scene) {
        int hair = scene.hair().rgb;
        switch (scene.hairStyle()) {
            case LONG -> brush.fill(hair, round(-22, -98.5, 44, 60, 30));
            case BOB -> brush.fill(hair, round(-22, -98.5, 44, 39, 26));
            case BUN -> brush.fill(hair, oval(0, -101, 8.5, 7));
            default -> {}
        }
    }

    private static void hair(Brush brush, Scene scene, int hair) {
        Area cap = new Area(oval(0, -80, 19, 19.5));
        if (scene.gender() == Gender.WOMAN) {
            cap.intersect(new Area(box(-22, -102, 44, 34)));
            cap.subtract(new Area(oval(1.5, -72, 14.6, 16)));
            brush.fill(hair, cap);
            if (scene.hairStyle() == HairStyle.LONG) {
                brush.fill(hair, round(-22, -84, 7.5, 34, 7));
                brush.fill(hair, round(14.5, -84, 7.5, 34, 7));
            }
            return;
        }
        cap.intersect(new Area(box(-22, -102, 44, 15)));
        cap.add(new Area(box(-18.6, -88, 3.4, 9)));
        cap.add(new Area(box(15.2, -88, 3.4, 9)));
        if (scene.hairStyle() == HairStyle.SWEPT) {
            cap.add(new Area(oval(5, -96.5, 14, 7)));
        }
        brush.fill(hair, cap);
        if (scene.hairStyle() == HairStyle.BEARD) {
            beard(brush, hair);
        }
    }

    private static void beard(Brush brush, int hair) {
        Area beard = new Area(oval(0, Figure.HEAD_Y + 0.6, 17.6, 18.6));
        beard.intersect(new Area(box(-20, -74, 40, 20)));
        beard.subtract(new Area(oval(0, -76.5, 14.5, 6.4)));
        brush.fill(hair, beard);
        brush.fill(0xb5564a, oval(0, -66.4, 4.4, 1.6));
    }

    private static void glasses(Brush brush) {
        for (int side = -1; side <= 1; side += 2) {
            brush.line(0x111114, 2.3, oval(side * 7, -77.5, 6, 5.8));
            brush.line(0x111114, 1.8, new Line2D.Double(side * 13, -78.5, side * 17.5, -79.5));
        }
        brush.line(0x111114, 2, new Line2D.Double(-1.2, -78.5, 1.2, -78.5));
    }

    private static void hat(Brush brush) {
        brush.fill(0x157f80, round(-14, -108, 28, 22, 10));
        brush.fill(0xf2e6c4, box(-14, -94, 28, 4.4));
        brush.fill(0x116869, round(-23, -90.6, 46, 5.4, 5));
    }
}
