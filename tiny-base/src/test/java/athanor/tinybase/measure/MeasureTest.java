package athanor.tinybase.measure;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.tinybase.judge.Judge;
import athanor.tinybase.judge.Observation;
import athanor.tinybase.world.Framing;
import athanor.tinybase.world.Painter;
import athanor.tinybase.world.Scene;
import athanor.tinybase.world.Subject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MeasureTest {

    private static final Path SHIPPED = Path.of("models/tiny");

    @Test
    void anUnknownMeasureIsRefusedByName() {
        assertThat(measure("--only", "beauty")).isEqualTo(2);
    }

    /** Those that the demo rests on; {@code ./athanor measure --short} takes all, before another base is shipped. */
    @Test
    void theShippedBaseKeepsItsBounds() {
        String some = "judge,adherence,subject";

        assertThat(measure("--short", "--only", some, "--base", SHIPPED.toString()))
                .isZero();
    }

    @Test
    void aBaseWhoseUNetSaysNothingFailsTheBounds(@TempDir Path folder) throws IOException {
        Path base = silenced(folder.resolve("tiny"));

        assertThat(measure("--short", "--only", "adherence", "--base", base.toString()))
                .isEqualTo(1);
    }

    private static int measure(String... arguments) {
        return new CommandLine(new MeasureCommand()).execute(arguments);
    }

    /** @return the shipped base with zeros for all weights of its UNet */
    private static Path silenced(Path base) throws IOException {
        try (Stream<Path> files = Files.walk(SHIPPED)) {
            for (Path file : files.toList()) {
                Files.copy(file, base.resolve(SHIPPED.relativize(file).toString()));
            }
        }
        Path weights = base.resolve("unet").resolve("diffusion_pytorch_model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        int data = 8 + ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
        Arrays.fill(bytes, data, bytes.length, (byte) 0);
        Files.write(weights, bytes);
        return base;
    }

    @Test
    void coarseStorageCostsSharpness() {
        BufferedImage picture =
                Painter.paint(Scene.random(new Random(1)).of(Subject.MOSS).with(Framing.CLOSE_UP), 64, 64);
        try (Judge judge = Judge.shipped()) {
            Observation seen = judge.look(picture);
            double sharp = Detail.sharpness(picture, seen).orElseThrow();
            double coarse =
                    Detail.sharpness(LowResolution.at(picture, 16), seen).orElseThrow();

            assertThat(coarse).isLessThan(0.8 * sharp);
            assertThat(Detail.emblemShare(picture, seen, Subject.MOSS).orElseThrow())
                    .isGreaterThan(0.03);
        }
    }
}
