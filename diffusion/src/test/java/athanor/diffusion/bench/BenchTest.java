package athanor.diffusion.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchTest {

    @Test
    void aTableOfSamplingHasARowForEveryMeasure() {
        assertThat(table("--training", "false"))
                .contains("sd1, 32 x 32 pixels")
                .contains("| loading", "| sampling step with guidance, s |", "| decoding, s |", "| peak memory");
    }

    @Test
    void aTableOfTrainingHasARowForEveryMeasure() {
        assertThat(table("--training", "true")).contains("| loading", "| training step, s |", "| peak memory");
    }

    private static String table(String... options) {
        List<String> all = new ArrayList<>(List.of("src/test/resources/parity/sd1", "--width", "32", "--height", "32"));
        all.addAll(List.of("--steps", "2", "--rounds", "1"));
        all.addAll(List.of(options));
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        Bench.run(BenchOptions.parse(all.toArray(String[]::new)), new PrintStream(table, true, StandardCharsets.UTF_8));
        return table.toString(StandardCharsets.UTF_8);
    }

    @Test
    void anOptionWithoutAValueIsAnsweredWithTheUsage() {
        assertThatThrownBy(() -> BenchOptions.parse("base", "--steps")).hasMessageContaining("--reference");
    }
}
