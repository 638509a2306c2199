package athanor.stack.command;

import athanor.contracts.json.Json;
import athanor.stack.infra.StackProblem;
import athanor.stack.service.LogEntry;
import athanor.stack.service.LogText;
import athanor.stack.terminal.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        description =
                "Shows what the services of this machine's stack logged, of one run or of everything, in the order of"
                        + " time; also of earlier starts.",
        mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");
    private static final String LOG = "-service(\\.\\d+)?\\.log";

    private final Terminal terminal;

    @Mixin
    private DataOption folder = new DataOption();

    @Parameters(paramLabel = "ID", arity = "0..1", description = "A run; without it everything is shown.")
    private @Nullable String runId;

    @Mixin
    private JsonOption json = new JsonOption();

    LogsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @param line as it was written */
    private record Line(String service, Instant at, LogEntry entry, String line) {}

    @Override
    public Integer call() {
        List<Line> lines = new ArrayList<>();
        for (Path log : logs(folder.data().logs())) {
            lines.addAll(read(log));
        }
        lines.sort(Comparator.comparing(Line::at));
        for (Line line : lines) {
            if (json.wanted()) {
                terminal.answerLine(json(line));
            } else {
                terminal.line(readable(line));
            }
        }
        if (lines.isEmpty() && runId != null) {
            terminal.line("no service of the stack in %s logged anything about run %s"
                    .formatted(folder.data().path(), runId));
        }
        return 0;
    }

    private static List<Path> logs(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new StackProblem(
                    "%s is not there: no stack was started in it; name its folder with --data".formatted(folder));
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> serviceOf(file).isPresent()).toList();
        } catch (IOException e) {
            throw new StackProblem("%s cannot be read: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static Optional<String> serviceOf(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.matches(".+" + LOG) ? Optional.of(name.replaceFirst(LOG, "")) : Optional.empty();
    }

    /** What is no record, such as what native code wrote, has no time to stand at. */
    private List<Line> read(Path log) {
        String service = serviceOf(log).orElseThrow();
        try {
            String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
            return LogText.lines(text).stream()
                    .flatMap(line -> line.entry().stream()
                            .filter(entry -> entry.timestamp() != null && (runId == null || entry.isAbout(runId)))
                            .map(entry ->
                                    new Line(service, Objects.requireNonNull(entry.timestamp()), entry, line.text())))
                    .toList();
        } catch (IOException e) {
            throw new StackProblem("%s cannot be read: %s".formatted(log, e.getMessage()), e);
        }
    }

    /** As it was written, or what that comes to. */
    private static String json(Line line) {
        return line.line().startsWith("{") ? line.line() : Json.write(line.entry());
    }

    private String readable(Line line) {
        LogEntry entry = line.entry();
        String run = runId == null && entry.mdc() != null ? entry.mdc().getOrDefault("runId", "") : "";
        return "%s %-10s %-5s %s%s"
                .formatted(
                        TIME.format(line.at().atZone(ZoneId.systemDefault())),
                        line.service(),
                        entry.level(),
                        run.isEmpty() ? "" : "[" + run + "] ",
                        entry.sentence());
    }
}
