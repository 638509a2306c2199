package athanor.tinybase.examples;

import athanor.tinybase.world.Captions;
import athanor.tinybase.world.Figure;
import athanor.tinybase.world.Framing;
import athanor.tinybase.world.Gender;
import athanor.tinybase.world.Painter;
import athanor.tinybase.world.Place;
import athanor.tinybase.world.Scene;
import athanor.tinybase.world.Subject;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * The pictures that the demo learns a subject from: twelve of one individual, as somebody's own folder would look. Framings
 * and places are mixed, sizes differ and are all larger than the base's 64 pixels, some are portrait or landscape, so
 * that scaling, cropping and bucketing have work to do.
 */
public final class ExampleSet {

    /** The word that stands for the subject in every caption. */
    public static final String TRIGGER = "sks";

    private static final int[][] SIZES = {
        {256, 256}, {192, 192}, {200, 240}, {160, 160}, {240, 240}, {256, 208},
        {192, 192}, {256, 256}, {176, 208}, {224, 224}, {160, 160}, {256, 256}
    };
    private static final Framing[] FRAMINGS = {Framing.HALF_BODY, Framing.FULL_BODY, Framing.CLOSE_UP};

    private final Subject subject;

    public ExampleSet(Subject subject) {
        this.subject = subject;
    }

    /** @return the noun of the subject's class; subjects take turns */
    public Gender classNoun() {
        return Gender.values()[subject.ordinal() % 2];
    }

    /** @return how many pictures the set has */
    public static int count() {
        return SIZES.length;
    }

    /** @param index of a picture, from 0 */
    public Scene scene(int index) {
        Random random = new Random(1000L * (subject.ordinal() + 1) + index);
        return Scene.random(random)
                .of(subject)
                .with(classNoun())
                .with(FRAMINGS[index % FRAMINGS.length])
                .with(Place.values()[index % Place.values().length]);
    }

    /** Writes 01.png, 01.txt, 01.regions, ... and example.properties; what was there under these names is replaced. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < SIZES.length; i++) {
            Scene scene = scene(i);
            String name = "%02d".formatted(i + 1);
            ImageIO.write(
                    Painter.paint(scene, SIZES[i][0], SIZES[i][1]),
                    "png",
                    folder.resolve(name + ".png").toFile());
            put(folder.resolve(name + ".regions"), head(scene, SIZES[i][0], SIZES[i][1]));
            put(folder.resolve(name + ".txt"), Captions.ofSubject(scene, TRIGGER) + "\n");
        }
        put(folder.resolve("example.properties"), """
                # Made by: ./athanor draw --examples
                name=%s
                base=tiny
                trigger=%s
                class-noun=%s
                look=%s
                """.formatted(
                        subject.folder(), TRIGGER, classNoun().word(), subject.look()));
    }

    /** Detectors are made for people as cameras see them, so the heads of drawn ones are pointed out, from crown to chin. */
    private static String head(Scene scene, int width, int height) {
        Rectangle2D head = Figure.of(scene, width, height).head();
        return String.format(
                Locale.ROOT,
                "head %.4f %.4f %.4f %.4f\n",
                head.getX() / width,
                head.getY() / height,
                head.getWidth() / width,
                head.getHeight() / height);
    }

    private static void put(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }
}
