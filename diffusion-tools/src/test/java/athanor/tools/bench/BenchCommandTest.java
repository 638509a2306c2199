package athanor.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.tools.DiffusionTools;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BenchCommandTest {

    private static final String BASE = "../diffusion/src/test/resources/parity/sd1";

    private final StringWriter table = new StringWriter();
    private final StringWriter complaint = new StringWriter();

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

    private String table(String... options) {
        List<String> all = new ArrayList<>(List.of(BASE, "--width", "32", "--height", "32", "--rounds", "1"));
        all.addAll(List.of(options));
        if (!all.contains("--steps")) {
            all.addAll(List.of("--steps", "2"));
        }
        assertThat(bench(all.toArray(String[]::new))).isZero();
        return table.toString();
    }

    private int bench(String... arguments) {
        return DiffusionTools.commandLine()
                .setOut(new PrintWriter(table, true))
                .setErr(new PrintWriter(complaint, true))
                .execute(Stream.concat(Stream.of("bench"), Stream.of(arguments)).toArray(String[]::new));
    }

    @Test
    void anOptionThatDoesNotExistIsNamed() {
        assertThat(refusal(BASE, "--size", "4")).isEqualTo("athanor bench: unknown option '--size'; try --help\n");
    }

    @Test
    void aTableThatDoesNotExistIsNamed() {
        assertThat(refusal(BASE, "--table", "walls"))
                .isEqualTo("athanor bench: --table is 'walls', wanted sampling, training or growth\n");
    }

    @Test
    void aBaseThatIsNotThereIsNamed() {
        assertThat(refusal("nowhere")).contains("no base at nowhere");
        assertThat(refusal()).isEqualTo("athanor bench: the base is missing; try --help\n");
    }

    @Test
    void whatHasNoValueOrIsNoNumberIsNamed() {
        assertThat(refusal(BASE, "--steps")).isEqualTo("athanor bench: --steps wants a value\n");
        assertThat(refusal(BASE, "--steps", "many"))
                .isEqualTo("athanor bench: --steps is 'many', wanted a whole number from 1 on\n");
    }

    private String refusal(String... arguments) {
        complaint.getBuffer().setLength(0);
        assertThat(bench(arguments)).isEqualTo(1);
        return complaint.toString();
    }
}
