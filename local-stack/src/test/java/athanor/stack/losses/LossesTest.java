package athanor.stack.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import athanor.contracts.rest.TrainedStep;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class LossesTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private static TrainedStep step(int number, double loss) {
        return new TrainedStep(number, 1, loss, loss / 2, 1e-4, 0.5, NOON.plusMillis(500L * number));
    }

    private static List<TrainedStep> steps(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> step(number, 1.0 / number))
                .toList();
    }

    @Test
    void theMeanIsOfTheLastFiftySteps() {
        double[] means = RunningMean.of(steps(60), TrainedStep::instanceLoss);

        assertThat(means[0]).isEqualTo(1);
        assertThat(means[1]).isEqualTo(0.75);
        double lastFifty = IntStream.rangeClosed(11, 60)
                .mapToDouble(number -> 1.0 / number)
                .average()
                .orElseThrow();
        assertThat(means[59]).isCloseTo(lastFifty, within(1e-12));
    }

    @Test
    void aTableHasTheLastStepAndNeverMoreThanAScreen() {
        for (int count : new int[] {1, 2, 19, 20, 21, 999, 1000}) {
            List<String> lines = LossTable.of(steps(count));

            assertThat(lines).hasSizeBetween(2, 21);
            assertThat(lines.get(lines.size() - 1).strip()).startsWith(count + " ");
        }
    }

    @Test
    void aChartShowsBothLossesInTheirColours() throws IOException {
        for (int count : new int[] {1, 200}) {
            BufferedImage chart = ImageIO.read(new ByteArrayInputStream(LossChart.png(steps(count))));

            assertThat(colours(chart)).contains(0xff1f5fa8, 0xffc2571a);
        }
    }

    private static List<Integer> colours(BufferedImage picture) {
        return IntStream.of(picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth()))
                .distinct()
                .boxed()
                .toList();
    }

    /** As tensorboard 2.20.0 writes them: golden_tensorboard_events.py. */
    @Test
    void theEventsAreThoseThatTensorBoardItselfWrites() {
        byte[] file = TensorBoardEvents.of(List.of(step(300, 0.25)));

        assertThat(HexFormat.of().formatHex(file)).isEqualTo(GOLDEN);
    }

    private static final String GOLDEN =
            "1800000000000000a37f4b2209000080d50ac1da411a0d627261696e2e4576656e743a32c68ca03b6600000000000000"
                    + "723b876a09000080d50ac1da4110ac022a580a140a0d6c6f73732f696e7374616e6365150000803e0a140a0d6c656172"
                    + "6e696e675f726174651517b7d1380a170a107365636f6e64735f7065725f73746570150000003f0a110a0a6c6f73732f"
                    + "7072696f72150000003e7887a2f3";

    @Test
    void axesAreMarkedAsPeopleCount() {
        assertThat(Ticks.between(0, 0.0937, 5)).containsExactly(0, 0.02, 0.04, 0.06, 0.08);
        assertThat(Ticks.label(0.02, 0.0937, 5)).isEqualTo("0.02");
        assertThat(Ticks.between(1, 300, 5)).containsExactly(100, 200, 300);
        assertThat(Ticks.between(1, 6, 5)).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(Ticks.between(7, 7, 5)).containsExactly(7);
    }
}
