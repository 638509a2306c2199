package athanor.tinybase.examples;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.tinybase.world.Pixels;
import athanor.tinybase.world.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleSetTest {

    @Test
    void theExamplesInTheRepositoryAreTheOnesTheCommandDraws(@TempDir Path folder) throws IOException {
        for (Subject subject : Subject.values()) {
            new ExampleSet(subject).write(folder);
            Path shipped = Path.of("examples", subject.folder());
            for (int i = 1; i <= ExampleSet.count(); i++) {
                String name = "%02d".formatted(i);
                assertThat(Files.readString(shipped.resolve(name + ".txt")))
                        .isEqualTo(Files.readString(folder.resolve(name + ".txt")));
                assertThat(Files.readString(shipped.resolve(name + ".regions")))
                        .isEqualTo(Files.readString(folder.resolve(name + ".regions")));
                // Java's rasteriser may round an edge pixel differently from version to version
                assertThat(difference(shipped.resolve(name + ".png"), folder.resolve(name + ".png")))
                        .isLessThan(1e-3);
            }
        }
    }

    private static double difference(Path a, Path b) throws IOException {
        float[] left = planes(a);
        float[] right = planes(b);
        assertThat(left).hasSameSizeAs(right);
        return IntStream.range(0, left.length)
                .mapToDouble(i -> Math.abs(left[i] - right[i]))
                .average()
                .orElse(0);
    }

    private static float[] planes(Path picture) throws IOException {
        return Pixels.toPlanes(ImageIO.read(picture.toFile()));
    }
}
