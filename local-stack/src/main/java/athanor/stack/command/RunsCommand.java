package athanor.stack.command;

import athanor.contracts.Excerpt;
import athanor.contracts.events.TrainingProgressed;
import athanor.contracts.rest.RunView;
import athanor.contracts.run.RunState;
import athanor.stack.client.RunsClient;
import athanor.stack.terminal.ProgressBar;
import athanor.stack.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "runs", description = "Lists the runs and how far they are.", mixinStandardHelpOptions = true)
final class RunsCommand implements Callable<Integer> {

    /** The whole of it is told by {@code ./athanor run ID}. */
    private static final int LONGEST_EVIDENCE = 120;

    private final Terminal terminal;

    @Mixin
    private ClientOptions options = new ClientOptions();

    RunsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<RunView> runs = new RunsClient(options.stack().ingest()).all();
        if (runs.isEmpty()) {
            terminal.line("no runs yet; ./athanor train FOLDER --class-noun NOUN makes one");
        }
        for (RunView run : runs) {
            terminal.line("%-40s %-11s %s%s".formatted(run.runId(), run.state().name(), run.name(), how(run)));
        }
        return 0;
    }

    private static String how(RunView run) {
        TrainingProgressed at = run.progress();
        if (run.state() instanceof RunState.Training && at != null) {
            return "  step %d/%d, ETA %s".formatted(at.step(), at.totalSteps(), ProgressBar.duration(at.etaSeconds()));
        }
        return run.state() instanceof RunState.Failed failed
                ? "  %s: %s".formatted(failed.reason(), Excerpt.of(failed.evidence(), LONGEST_EVIDENCE))
                : "";
    }
}
