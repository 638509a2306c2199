package athanor.tinybase.judge;

import athanor.tinybase.world.Cutout;
import athanor.tinybase.world.Figure;
import athanor.tinybase.world.Painter;
import athanor.tinybase.world.Scene;
import athanor.tinybase.world.Subject;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A drawing together with everything that is true of it. Besides pictures of the world there are crowds and broken figures (heads
 * without bodies, bodies without heads, heads of the wrong size), because a bad LoRA draws such.
 */
record LabelledPicture(BufferedImage image, Scene backdrop, List<Cutout> cutouts) {

    private static final double SUBJECTS = 0.35;

    /** @return a picture of the world with a person or a subject */
    static LabelledPicture ofTheWorld(Random random, int width, int height) {
        Scene scene = someone(random);
        return painted(scene, List.of(Cutout.whole(scene, Figure.of(scene, width, height))), width, height);
    }

    /** @return anything: half of them of the world, the rest crowds and parts */
    static LabelledPicture ofAnything(Random random, int width, int height) {
        double kind = random.nextDouble();
        if (kind < 0.55) {
            return ofTheWorld(random, width, height);
        }
        return kind < 0.8 ? crowd(random, width, height) : misfit(random, width, height);
    }

    private static LabelledPicture crowd(Random random, int width, int height) {
        List<Figure> places = new ArrayList<>();
        for (int tries = random.nextInt(5); tries > 0; tries--) {
            Figure figure = anywhere(random, width, height);
            if (places.stream().noneMatch(other -> overlap(figure, other))) {
                places.add(figure);
            }
        }
        places.sort(Comparator.comparingDouble(Figure::unit));
        List<Cutout> cutouts = new ArrayList<>();
        places.forEach(place -> cutouts.add(Cutout.whole(someone(random), place)));
        return painted(Scene.random(random), cutouts, width, height);
    }

    private static LabelledPicture misfit(Random random, int width, int height) {
        Scene scene = someone(random);
        Figure whole = random.nextBoolean() ? Figure.of(scene, width, height) : anywhere(random, width, height);
        double factor = Math.exp(random.nextDouble() * 1.8 - 0.9);
        Point2D chin = new Point2D.Double(whole.feetX(), whole.feetY() - 60 * whole.unit());
        Figure misfitting = new Figure(
                whole.unit() * factor,
                chin.getX() + random.nextGaussian() * 6 * whole.unit(),
                chin.getY() + 60 * whole.unit() * factor + random.nextGaussian() * 4 * whole.unit());
        Cutout cutout = switch (random.nextInt(3)) {
            case 0 -> new Cutout(scene, null, scene, misfitting);
            case 1 -> new Cutout(scene, whole, scene, null);
            default -> new Cutout(someone(random), whole, scene, misfitting);
        };
        return painted(Scene.random(random), List.of(cutout), width, height);
    }

    private static LabelledPicture painted(Scene backdrop, List<Cutout> cutouts, int width, int height) {
        return new LabelledPicture(Painter.paint(backdrop, cutouts, width, height), backdrop, cutouts);
    }

    private static Scene someone(Random random) {
        Scene scene = Scene.random(random);
        Subject[] subjects = Subject.values();
        return random.nextDouble() < SUBJECTS ? scene.of(subjects[random.nextInt(subjects.length)]) : scene;
    }

    /** A figure of any size between half a full body and a close-up, its head inside the picture. */
    private static Figure anywhere(Random random, int width, int height) {
        double unit = Math.min(width, height) / 64.0 * Math.exp(Math.log(0.26) + random.nextDouble() * Math.log(5));
        double headX = width * (0.1 + 0.8 * random.nextDouble());
        double headY = height * (0.1 + 0.7 * random.nextDouble());
        return new Figure(unit, headX, headY + 78 * unit);
    }

    private static boolean overlap(Figure a, Figure b) {
        double reach = 1.15 * (a.head().getHeight() + b.head().getHeight()) / 2;
        double headDistance = Math.hypot(
                a.head().getCenterX() - b.head().getCenterX(),
                a.head().getCenterY() - b.head().getCenterY());
        double torsoDistance = a.torso().distance(b.torso());
        // one's body must not hide the other's head
        boolean hidden = a.body().intersects(b.head()) || b.body().intersects(a.head());
        return headDistance < reach || torsoDistance < reach || hidden;
    }
}
