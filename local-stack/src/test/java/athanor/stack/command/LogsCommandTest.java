package athanor.stack.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.json.Json;
import athanor.stack.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
    void linesForPeopleAreReadAsTheRecordsAre() throws IOException {
        Files.writeString(folder.resolve("logs/sample-service.2.log"), """
            2026-11-23 12:00:07.500Z INFO  [anna-1] SampleConsumer: 12 test pictures in 4.2 s
            2026-11-23 14:00:08.000+02:00 ERROR [anna-1] SampleConsumer: No pictures: java.lang.IllegalStateException: wrapped
            \tat athanor.sample.SampleConsumer.render(SampleConsumer.java:1)
            Caused by: athanor.store.StoreException: the store refuses the key
            \t... 2 more
            """);

        assertThat(logs("anna-1").lines())
                .satisfiesExactly(
                        first -> assertThat(first).endsWith("accepted"),
                        second -> assertThat(second).endsWith("training begins"),
                        third -> assertThat(third).matches(".*:07\\.500 sample +INFO  12 test pictures in 4.2 s"),
                        fourth -> assertThat(fourth)
                                .contains(":08.000 sample     ERROR No pictures:")
                                .endsWith(": the store refuses the key"));
        said.reset();
        assertThat(logs("anna-1", "--json").lines())
                .allSatisfy(line -> assertThat(Json.read(line, Map.class)).containsKeys("timestamp", "message"))
                .element(2)
                .asString()
                .startsWith("{\"timestamp\":\"2026-11-23T12:00:07.500Z\"");
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
