package athanor.tinybase;

import athanor.tinybase.examples.ExampleSet;
import athanor.tinybase.world.Captions;
import athanor.tinybase.world.Painter;
import athanor.tinybase.world.Scene;
import athanor.tinybase.world.Sheet;
import athanor.tinybase.world.Subject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Draws: the example sets, or a sheet of the world for looking at. */
@Command(
        name = "draw",
        mixinStandardHelpOptions = true,
        description = "Draws pictures of the world: the example sets, or a sheet with captions.")
final class DrawCommand implements Callable<Integer> {

    @Option(names = "--examples", description = "Write the example set of every subject, each in a folder of its name.")
    private boolean examples;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "tiny-base/examples",
            description = "Where to write (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("tiny-base/examples");

    @Option(
            names = "--sheet",
            paramLabel = "COUNT",
            description = "Write sheet.png with so many random people and sheet.txt with their captions.")
    private int sheet;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            defaultValue = "64",
            description = "Side of a picture of the sheet.")
    private int size;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the sheet (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() throws IOException {
        if (!examples && sheet < 1) {
            System.err.println("Say what to draw: --examples or --sheet COUNT.");
            return 2;
        }
        if (examples) {
            for (Subject subject : Subject.values()) {
                new ExampleSet(subject).write(out.resolve(subject.folder()));
                System.out.println(out.resolve(subject.folder()));
            }
        }
        if (sheet > 0) {
            drawSheet();
        }
        return 0;
    }

    private void drawSheet() throws IOException {
        Random random = new Random(seed);
        List<BufferedImage> pictures = new ArrayList<>();
        List<String> captions = new ArrayList<>();
        for (int i = 0; i < sheet; i++) {
            Scene scene = Scene.random(random);
            pictures.add(Painter.paint(scene, size, size));
            captions.add(Captions.full(scene));
        }
        Files.createDirectories(out);
        ImageIO.write(
                Sheet.of(pictures, Math.min(8, sheet), Math.max(1, 128 / size)),
                "png",
                out.resolve("sheet.png").toFile());
        Files.write(out.resolve("sheet.txt"), captions, StandardCharsets.UTF_8);
        System.out.println(out.resolve("sheet.png"));
    }
}
