package athanor.stack.command;

import athanor.contracts.Excerpt;
import athanor.contracts.rest.RunView;
import athanor.contracts.run.RunState;
import athanor.stack.client.RunsClient;
import athanor.stack.run.HowFar;
import athanor.stack.terminal.ProgressBar;
import athanor.stack.terminal.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "runs",
        description = "Lists the runs: when they were opened, how long they took, and how far they are.",
        mixinStandardHelpOptions = true)
final class RunsCommand implements Callable<Integer> {

    /** The whole of it is told by {@code ./athanor run ID}. */
    private static final int LONGEST_EVIDENCE = 120;

    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    private static final String OPEN = new RunState.Requested().name();

    private final Terminal terminal;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    RunsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<RunView> runs = new RunsClient(options.stack().ingest()).all();
        if (json.wanted()) {
            terminal.answer(runs);
            return 0;
        }
        if (runs.isEmpty()) {
            terminal.line("no runs yet; ./athanor train FOLDER --class-noun NOUN makes one");
        }
        for (RunView run : runs) {
            terminal.line("%-40s %-11s %s  %9s  %s%s"
                    .formatted(run.runId(), run.state().name(), opened(run), lasted(run), run.name(), how(run)));
        }
        return 0;
    }

    private static String opened(RunView run) {
        Instant at =
                run.history().isEmpty() ? run.updatedAt() : run.history().get(0).at();
        return DAY_AND_TIME.format(at.atZone(ZoneId.systemDefault()));
    }

    /** From its start, until its end or until now; nothing of a run that is open and waits for pictures. */
    private static String lasted(RunView run) {
        List<RunView.Entered> history = run.history();
        Optional<Instant> start = history.stream()
                .filter(entered -> !entered.state().equals(OPEN))
                .findFirst()
                .map(RunView.Entered::at);
        Instant end = run.state().over() && !history.isEmpty()
                ? history.get(history.size() - 1).at()
                : Instant.now();
        return start.map(begin ->
                        ProgressBar.duration(Duration.between(begin, end).toMillis() / 1e3))
                .orElse("");
    }

    private static String how(RunView run) {
        if (run.state() instanceof RunState.Failed failed) {
            return "  %s: %s".formatted(failed.reason(), Excerpt.of(failed.evidence(), LONGEST_EVIDENCE));
        }
        return run.state().over() ? "" : "  " + HowFar.of(run);
    }
}
