package athanor.tinybase.world;

import static athanor.tinybase.world.Brush.box;
import static athanor.tinybase.world.Brush.oval;
import static athanor.tinybase.world.Brush.polygon;
import static athanor.tinybase.world.Brush.round;
import static athanor.tinybase.world.Brush.star;

import java.awt.geom.Area;

/** The heads of the subjects, in figure units: a coloured face, hair that nobody in the world has, and one emblem. */
final class SubjectHead {

    private SubjectHead() {}

    static void paint(Brush brush, Scene scene, Subject subject) {
        int hair = subject.hair();
        int emblem = subject.emblem();
        if (subject == Subject.CORAL) {
            brush.fill(hair, oval(-14, -97, 9.5, 9.5));
            brush.fill(hair, oval(14, -97, 9.5, 9.5));
        }
        int brow = subject == Subject.AZURE ? subject.skin() : Brush.shade(hair, 0.75);
        Head.face(brush, scene.gender(), subject.skin(), brow);
        switch (subject) {
            case MOSS -> {
                brush.fill(
                        hair,
                        polygon(
                                -19, -78, -25, -95, -16, -92, -19, -108, -9, -98, -5, -114, 2, -99, 9, -113, 12, -97,
                                21, -106, 18, -91, 26, -93, 19, -78, 14, -90, -14, -90));
                brush.fill(emblem, star(0, -89, 6, 5));
            }
            case AZURE -> {
                brush.fill(hair, round(-5.5, -113, 11, 29, 9));
                brush.fill(emblem, round(-18.5, -83, 37, 10, 6));
                brush.fill(0xffffff, round(-14, -80.6, 11, 2.6, 2));
            }
            case CORAL -> {
                brush.fill(hair, cap(15));
                Area mask = new Area(round(-17, -84, 34, 13, 10));
                mask.subtract(new Area(oval(-6.8, -77.5, 4.3, 4.6)));
                mask.subtract(new Area(oval(6.8, -77.5, 4.3, 4.6)));
                brush.fill(emblem, mask);
            }
            case ONYX -> {
                brush.fill(
                        hair,
                        polygon(
                                -18, -84, -20, -97, -12, -94, -10, -106, -3, -99, 3, -117, 9, -101, 14, -104, 14, -95,
                                21, -98, 18, -84, 10, -91, -10, -91));
                Area moon = new Area(oval(0, -88.6, 5.4, 5.4));
                moon.subtract(new Area(oval(2.6, -89.6, 4.4, 4.4)));
                brush.fill(emblem, moon);
            }
        }
    }

    private static Area cap(double high) {
        Area cap = new Area(oval(0, -80, 18.6, 19));
        cap.intersect(new Area(box(-22, -102, 44, high)));
        return cap;
    }
}
