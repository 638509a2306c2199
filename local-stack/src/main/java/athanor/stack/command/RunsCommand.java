package athanor.stack.command;

import athanor.contracts.rest.RunView;
import athanor.contracts.run.RunState;
import athanor.stack.client.RunsClient;
import athanor.stack.terminal.ProgressBar;
import athanor.stack.terminal.Terminal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "runs", description = "Lists the runs and how far they are.", mixinStandardHelpOptions = true)
final class RunsCommand implements Callable<Integer> {

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
            String how = Optional.ofNullable(run.progress())
                    .filter(at -> run.state() instanceof RunState.Training)
                    .map(at -> "  step %d/%d, ETA %s"
                            .formatted(at.step(), at.totalSteps(), ProgressBar.duration(at.etaSeconds())))
                    .orElse("");
            terminal.line("%-40s %-11s %s%s".formatted(run.runId(), run.state().name(), run.name(), how));
        }
        return 0;
    }
}
