package athanor.stack.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

    @Test
    void aPipeGetsOnePlainLineForEachStage() {
        Terminal terminal = new Terminal(out, out, false);

        terminal.status("Training", "step 1");
        terminal.status("Training", "step 2");
        terminal.status("Rendering", "pictures");

        assertThat(text()).isEqualToNormalizingNewlines("step 1\npictures\n");
    }

    @Test
    void aTerminalGetsOneLineThatChangesAndIsGoneBeforeTheNextRealLine() {
        Terminal terminal = new Terminal(out, out, true);

        terminal.status("Training", "step 1");
        terminal.line("done");

        assertThat(text()).isEqualToNormalizingNewlines("\r\u001B[2Kstep 1\r\u001B[2Kdone\n");
    }

    @Test
    void aSilencedTerminalSaysNothingMore() {
        Terminal terminal = new Terminal(out, out, false);

        terminal.silence();
        terminal.error("the connection broke");

        assertThat(text()).isEmpty();
    }

    @Test
    void whatBecomesOfTheWorkIsSaidLast() {
        Terminal terminal = new Terminal(out, out, false);

        terminal.onInterrupt("the run goes on");
        terminal.silence();
        terminal.error("the connection broke");

        assertThat(text()).isEqualToNormalizingNewlines("the run goes on\n");
    }

    @Test
    void theBarFillsFromTheLeft() {
        assertThat(ProgressBar.of(0, 10)).isEqualTo("[                        ]   0%");
        assertThat(ProgressBar.of(5, 10)).isEqualTo("[===========>            ]  50%");
        assertThat(ProgressBar.of(10, 10)).isEqualTo("[========================] 100%");
    }

    @Test
    void durationsAreSaidAsPeopleSayThem() {
        assertThat(ProgressBar.duration(7.6)).isEqualTo("8 s");
        assertThat(ProgressBar.duration(125)).isEqualTo("2 min 05 s");
        assertThat(ProgressBar.duration(11_520)).isEqualTo("3 h 12 min");
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
