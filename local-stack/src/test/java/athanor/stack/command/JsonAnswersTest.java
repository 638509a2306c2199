package athanor.stack.command;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.json.Json;
import athanor.contracts.plan.PlanView;
import athanor.contracts.rest.PictureView;
import athanor.stack.doctor.Finding;
import athanor.stack.terminal.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program reads the standard output; the commands that need a stack are walked through by SuiteIT. */
class JsonAnswersTest {

    private static final Path MOSS = Path.of("../tiny-base/examples/moss");

    @TempDir
    Path folder;

    @Test
    void everyCommandHasAnAnswerForAProgram() {
        Terminal terminal = new Terminal(System.out, System.err, false);

        TreeSet<String> without = new TreeSet<>();
        Athanor.commands(terminal).getSubcommands().forEach((name, command) -> {
            if (command.getCommandSpec().findOption(JsonOption.NAME) == null) {
                without.add(name);
            }
        });

        assertThat(without)
                .containsExactly("archive-classes", "bench-uploads", "chaos", "generate-completion", "help", "load");
    }

    @Test
    void theDoctorTellsWhatItFound() {
        InThisProcess doctor = InThisProcess.athanor("doctor", "--json", "--data", folder.toString());

        assertThat(Json.read(doctor.out(), Finding[].class))
                .extracting(Finding::subject)
                .contains("Java", "disk");
    }

    @Test
    void whatAFolderIsWorthIsToldWithTheWayThereBesideIt() {
        InThisProcess look = InThisProcess.athanor("look", MOSS.toString(), "--json", "--area", "64x64");

        assertThat(List.of(Json.read(look.out(), PictureView[].class))).isNotEmpty();
        assertThat(look.errors()).contains("Looking");
    }

    @Test
    void aPlanIsTold() {
        InThisProcess plan =
                InThisProcess.athanor("plan", MOSS.toString(), "--family", "SD1", "--memory", "8GiB", "--json");

        assertThat(Json.read(plan.out(), PlanView.class).family()).isEqualTo("SD1");
    }

    @Test
    void whatFailsLeavesNothingThatAProgramCouldTakeForAnAnswer() {
        InThisProcess runs = InThisProcess.athanor("runs", "--json", "--server", "http://127.0.0.1:1");

        assertThat(runs.exitCode()).isEqualTo(1);
        assertThat(runs.out()).isEmpty();
        assertThat(runs.errors()).startsWith("athanor: nothing answers at");
    }
}
