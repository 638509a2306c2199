package athanor.stack.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import athanor.stack.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsCommandTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeEach
    void twoServicesLogged() throws IOException {
        Path logs = Files.createDirectories(folder.resolve("logs"));
        Files.writeString(
                logs.resolve("ingest-service.log"),
                record("12:00:01", "anna-1", "accepted") + record("12:00:09", "ben-2", "refused"));
        Files.writeString(
                logs.resolve("train-service.1.log"),
                record("12:00:05", "anna-1", "training begins") + "Terminating due to java.lang.OutOfMemoryError\n");
        Files.writeString(logs.resolve("infra.log"), "the broker is there\n");
    }

    private static String record(String time, String run, String message) {
        return """
                {"timestamp":"2026-11-23T%sZ","level":"INFO","loggerName":"X","message":"%s","mdc":{"runId":"%s"}}
                """.formatted(time, message, run);
    }

    private String logs(String... arguments) {
        PrintStream out = new PrintStream(said, true, UTF_8);
        String[] line = new String[arguments.length + 3];
        System.arraycopy(new String[] {"logs", "--data", folder.toString()}, 0, line, 0, 3);
        System.arraycopy(arguments, 0, line, 3, arguments.length);
        assertThat(Athanor.run(new Terminal(out, out, false), line)).isZero();
        return said.toString(UTF_8);
    }

    @Test
    void oneRunIsShownAcrossServicesAndStartsInTheOrderOfTime() {
        assertThat(logs("anna-1").lines())
                .satisfiesExactly(
                        first -> assertThat(first).matches("2026-11-23 .*:01\\.000 ingest +INFO  accepted"),
                        second -> assertThat(second).matches("2026-11-23 .*:05\\.000 train +INFO  training begins"));
    }

    @Test
    void withoutARunEverythingIsShownWithTheRunThatItIsAbout() {
        assertThat(logs().lines()).hasSize(3).last().asString().endsWith("ingest     INFO  [ben-2] refused");
    }

    @Test
    void theRecordsThemselvesComeBySwitch() {
        assertThat(logs("ben-2", "--json")).startsWith("{\"timestamp\":\"2026-11-23T12:00:09Z\"");
    }

    @Test
    void aRunThatNobodyLoggedIsSaidToBeSo() {
        assertThat(logs("nobody-3")).contains("no service of the stack").contains("nobody-3");
    }
}
