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

    private static final String BASE = "src/test/resources/parity/sd1";

    @Test
    void aTableOfSamplingHasARowForEveryMeasure() {
        assertThat(table("--table", "sampling"))
                .contains("sd1, 32 x 32 pixels")
                .contains("| start of the process", "| loading", "| sampling step with guidance, s |")
                .contains("| sampling step with guidance, processor s |", "| decoding, s |", "| peak memory");
    }

    @Test
    void aTableOfTrainingHasARowForEveryMeasure() {
        assertThat(table("--table", "training")).contains("| loading", "| training step, s |", "| peak memory");
    }

    @Test
    void aTableOfGrowthHasARowForEveryTenthOfTheWay() {
        assertThat(table("--table", "growth", "--steps", "10")).contains("| 1 | ", "| 2 | ", "| 5 | ", "| 10 | ");
    }

    private static String table(String... options) {
        List<String> all = new ArrayList<>(List.of(BASE, "--width", "32", "--height", "32"));
        all.addAll(List.of("--steps", "2", "--rounds", "1"));
        all.addAll(List.of(options));
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        Bench.run(BenchOptions.parse(all.toArray(String[]::new)), new PrintStream(table, true, StandardCharsets.UTF_8));
        return table.toString(StandardCharsets.UTF_8);
    }

    @Test
    void anOptionThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> BenchOptions.parse(BASE, "--size", "4")).hasMessageContaining("--size");
    }

    @Test
    void aTableThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> BenchOptions.parse(BASE, "--table", "walls")).hasMessageContaining("walls");
    }

    @Test
    void whatIsMissingOrNoNumberIsNamed() {
        assertThatThrownBy(() -> BenchOptions.parse(BASE, "--steps")).hasMessageContaining("--steps wants a value");
        assertThatThrownBy(() -> BenchOptions.parse(BASE, "--steps", "many")).hasMessageContaining("'many'");
        assertThatThrownBy(() -> BenchOptions.parse("nowhere")).hasMessageContaining("no base at nowhere");
        assertThatThrownBy(BenchOptions::parse).hasMessageContaining("the base is missing");
    }
}
