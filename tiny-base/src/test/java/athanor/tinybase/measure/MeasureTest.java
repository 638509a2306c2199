package athanor.tinybase.measure;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.tinybase.judge.Judge;
import athanor.tinybase.judge.Observation;
import athanor.tinybase.world.Framing;
import athanor.tinybase.world.Painter;
import athanor.tinybase.world.Scene;
import athanor.tinybase.world.Subject;
import java.awt.image.BufferedImage;
import java.util.Random;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MeasureTest {

    @Test
    void anUnknownMeasureIsRefusedByName() {
        assertThat(new CommandLine(new MeasureCommand()).execute("--only", "beauty"))
                .isEqualTo(2);
    }

    @Test
    void coarseStorageCostsSharpness() {
        BufferedImage picture =
                Painter.paint(Scene.random(new Random(1)).of(Subject.MOSS).with(Framing.CLOSE_UP), 64, 64);
        try (Judge judge = Judge.shipped()) {
            Observation seen = judge.look(picture);
            double sharp = Detail.sharpness(picture, seen).orElseThrow();
            double coarse = Detail.sharpness(Coarse.at(picture, 16), seen).orElseThrow();

            assertThat(coarse).isLessThan(0.8 * sharp);
            assertThat(Detail.emblemShare(picture, seen, Subject.MOSS).orElseThrow())
                    .isGreaterThan(0.03);
        }
    }
}
